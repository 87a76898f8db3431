// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Realtime;

namespace AudioMesh.Network.Media;

/// <summary>
/// The device thread's side of a receiver at the stream's nominal rate: reads it behind its line by an offset, which is the depth, and follows both by the pace it reads at. While nothing says
/// that the paces of both sides differ it reads frame by frame, and what it gives is what was sent.
/// </summary>
[RealtimeSafe]
internal sealed unsafe partial class Playout
{
    /// <summary>Where the paces differ packets are allowed to become later by so many frames before one is late. Where they do not, packets fall on whole frames, the same ones each period.</summary>
    private const int Margin = 2;

    /// <summary>Paces that differ need so many frames more, for the interpolation to be at its best.</summary>
    private const int Lookahead = FractionalKernels.MostAhead;

    private const double LandingPace = 5e-5;
    private const double CatchUpPace = 1e-4;
    private const double ExactTolerance = 2;
    private const double StrayTolerance = DriftLoop.JumpFrames;
    private const double OutageSeconds = 0.12;

    private readonly StreamHandover _handover;
    private readonly LaneSet _lanes;
    private readonly DriftInterpolator _interpolator;
    private readonly DriftLoop _drift;
    private readonly PaceMeter _pace;
    private readonly SlackWindow _slack = new();
    private readonly int _rate;
    private int _epoch;
    private long _base;
    private long _read;
    private bool _isPlaying;
    private int _lineId;
    private bool _hasLine;
    private double _anchor;
    private double _offset;
    private bool _isExact = true;
    private bool _sharesClock = true;
    private bool _wasLocked;
    private double _gained;
    private double _stepped;
    private MeshTime _time;
    private int _periodFrames;

    public Playout(StreamReceiverOptions options, FrameStore store, StreamHandover handover)
    {
        (_handover, _rate) = (handover, options.Rate);
        _drift = new DriftLoop(options.Rate);
        _pace = new PaceMeter(options.Rate);
        _interpolator = new DriftInterpolator(options.Channels);
        _lanes = new LaneSet(options, store, _interpolator);
    }

    public LaneFiller[] Lanes => _lanes.Fillers;

    public PlayoutFigures Figures { get; } = new();

    public int StreamsInPeriod { get; set; } = 1;

    /// <summary>What is read next; NaN while it does not play.</summary>
    public double Position => _isPlaying ? _read - _interpolator.Ahead : double.NaN;

    /// <summary>Once before the blocks of a period of <paramref name="frames"/>, whose first is heard at <paramref name="time"/>, <paramref name="owed"/> frames behind the place.</summary>
    public void Begin(int frames, MeshTime time, double owed)
    {
        _periodFrames = frames;
        _time = time;
        double seconds = (double)frames / _rate;
        _lanes.SetPeriod(seconds / StreamsInPeriod);
        _slack.SetPeriod(seconds);
        int requested = _handover.Requested(out long frame);
        if (requested != _epoch)
        {
            Restart(requested, frame);
        }

        ref readonly StreamEstimate estimate = ref _handover.Estimates.Read(out _);
        if (estimate.Epoch == _epoch && _epoch != 0 && estimate.HasLine && time.IsKnown)
        {
            Follow(estimate, time, seconds, owed);
        }

        if (estimate.Epoch == _epoch)
        {
            GoBack();
        }
    }

    /// <summary>Reads a block of at most <see cref="DriftInterpolator.MostFrames"/>.</summary>
    public void Read(float** output, int frames)
    {
        ref readonly StreamEstimate estimate = ref _handover.Estimates.Read(out _);
        bool isCurrent = estimate.Epoch == _epoch && _epoch != 0 && estimate.HasTarget;
        if (isCurrent && !_isPlaying)
        {
            TryPlay(estimate);
        }

        double behind = Behind;
        double shift = isCurrent && _isPlaying ? MoveDepth(estimate, frames) : 0;
        double moved = _drift.Advance(frames);
        _gained += moved - frames;
        double step = Step(frames, moved, shift, behind, out bool lands);
        int needed = _interpolator.FramesFor(frames, step);
        _interpolator.MakeRoom(needed + Lookahead);
        Pull(needed);
        if (_isPlaying && (step != 1 || _interpolator.Fraction != 0))
        {
            Pull(_lanes.Ready(_epoch, _read, Lookahead));
        }

        _interpolator.Render(output, frames, step);
        if (lands)
        {
            _interpolator.Land();
            _isExact = true;
            PutLineToPlace();
        }

        Figures.Played(_isPlaying ? frames : 0);
    }

    /// <summary>Once behind the blocks of a period.</summary>
    public void End()
    {
        // What is taken in beyond the place's neighbour is there already, and asks for nothing.
        long asked = _isPlaying ? _read - (long)Math.Max(0, Math.Floor(_interpolator.Ahead - 1)) : _drift.Frame;
        _handover.Publish(_epoch, _isPlaying ? _read : _base, _isPlaying ? _read + (long)Math.Floor(_offset - _interpolator.Ahead + 0.5) : _drift.Nearest);
        ref readonly StreamEstimate estimate = ref _handover.Estimates.Read(out _);
        if (_isPlaying && estimate.Epoch == _epoch && estimate.HasTarget)
        {
            LeaveOutWhatIsEarly(estimate, (int)(_read - asked));
        }

        long open = _lanes.LeastGap();
        ReceiverState state = !_isPlaying ? ReceiverState.Waiting : open > _rate * OutageSeconds ? ReceiverState.Outage : ReceiverState.Playing;
        Figures.Tell(state, _offset - estimate.Least, estimate.Needed - estimate.Least, _drift, _isExact);
    }

    /// <summary>Frames that the place is behind where it should be.</summary>
    private double Behind => _isPlaying ? _drift.From(_read) - _offset + _interpolator.Ahead : 0;

    /// <summary>Frames of depth beyond what the packets need.</summary>
    private double Beyond => _sharesClock ? 0 : Margin + Lookahead;

    private void Restart(int epoch, long frame)
    {
        (_epoch, _base, _read, _isPlaying, _hasLine, _playedFrames) = (epoch, frame, frame, false, false, 0);
        _pace.Clear();
        (_offset, _jumpedFrames, _wentBack, _isShrinking, _isGrowing, _wasLocked) = (0, 0, 0, false, false, false);
        _slack.Clear();
        _lanes.Mask(0);
        _drift.Begin(frame);
    }

    private void Follow(in StreamEstimate estimate, MeshTime time, double seconds, double owed)
    {
        double ahead = estimate.FramesSince(_drift.Frame, time) - _drift.From(_drift.Frame) - owed;
        if (!_hasLine || _lineId != estimate.LineId)
        {
            _anchor = ahead - (_hasLine ? _drift.Error : 0);
            (_lineId, _hasLine, _stepped) = (estimate.LineId, true, estimate.SteppedFrames);
        }

        // The sender's device stood still: that is no pace of its clock.
        double later = estimate.SteppedFrames - _stepped;
        _anchor -= later;
        _jumpedFrames -= later;
        _wentBack = Math.Max(0, _wentBack - Math.Max(0, later));
        _stepped = estimate.SteppedFrames;

        double jump = _drift.Observe(ahead - _anchor, seconds);
        if (jump != 0)
        {
            // What is read goes on: only the depth is another now.
            _offset += jump;
            _jumpedFrames += jump;
            _handover.TellJump(time.Add((long)(-1e9 * _drift.SecondsSinceJump)));
            Figures.Stepped();
        }

        if (jump != 0 || later != 0)
        {
            _pace.Disturb();
        }

        _pace.Add(ahead - jump - _anchor + _gained, seconds);
        if (_pace.IsFirstKnown)
        {
            _drift.Settle(_pace.Pace);
        }

        FollowPace();
    }

    private void FollowPace()
    {
        if (_drift.IsLocked && !_wasLocked && _isExact)
        {
            PutLineToPlace();
        }

        _wasLocked = _drift.IsLocked;
        _sharesClock |= _pace.IsSame;
    }

    private void TryPlay(in StreamEstimate estimate)
    {
        double offset = estimate.Needed + Beyond;
        long first = _drift.Nearest - _base - (long)Math.Ceiling(offset - _interpolator.Ahead);
        if (first < 0)
        {
            return;
        }

        _isPlaying = true;
        _read = _base + first;
        _offset = offset;
        PutLineToPlace();
    }

    /// <summary>Reading goes on as it does, and packets fall where they did relative to it: what has gathered between both was no depth.</summary>
    private void PutLineToPlace()
    {
        double behind = Behind;
        _drift.Jump(-behind);
        _anchor += behind;
    }

    private double Step(int frames, double moved, double shift, double behind, out bool lands)
    {
        lands = false;
        JudgePace(behind);
        if (!_isPlaying || (_isExact && _sharesClock && shift == 0))
        {
            return 1;
        }

        _isExact = false;
        if (!_sharesClock)
        {
            return ((moved - shift) / frames) + Math.Clamp(behind / _rate, -CatchUpPace, CatchUpPace);
        }

        if (shift != 0)
        {
            return 1 - (shift / frames);
        }

        double rest = _interpolator.Fraction < 0.5 ? -_interpolator.Fraction : 1 - _interpolator.Fraction;
        lands = Math.Abs(rest) <= frames * LandingPace;
        double slide = lands ? rest : Math.CopySign(frames * LandingPace, rest);
        _offset -= slide;
        return 1 + (slide / frames);
    }

    // A clock is another's by its pace. Where it is not, and yet the place has come to be far off, a device has stood still again and again, for moments.
    private void JudgePace(double behind)
    {
        if (!_sharesClock || Math.Abs(behind) <= ExactTolerance)
        {
            return;
        }

        bool isFar = Math.Abs(behind) > StrayTolerance;
        if (isFar && _pace.IsSame)
        {
            PutLineToPlace();
        }
        else if (isFar || _pace.IsOther)
        {
            _sharesClock = false;
        }
    }

    private void Pull(int frames)
    {
        _lanes.Pull(_isPlaying ? _epoch : LaneSet.NoEpoch, _read, frames);
        _read += _isPlaying ? frames : 0;
    }
}
