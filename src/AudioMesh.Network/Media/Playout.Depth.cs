// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Media;

internal sealed unsafe partial class Playout
{
    private const double GrowthPace = 5e-4;
    private const double ShrinkPace = 3e-4;
    private const double SharedShrinkPace = 1e-3;
    private const double FastestShrinkPace = 2e-3;
    private const double ShrinkSeconds = 4;
    private const int UrgentFrames = 8;
    private const int MostStretch = 256;

    /// <summary>What was put in and is not yet heard: more has to wait, and more would not fit.</summary>
    private const int MostPutIn = 2048;

    /// <summary>The depth is let be this far from where it should be; where the clocks are one, to the frame.</summary>
    private const double HeldShallow = 1;
    private const double HeldDeep = 4;
    private const double HeldShared = 0.5;
    private const double MostSurplusSeconds = 0.05;

    /// <summary>What begins does so unsteadily, and is not long deeper for it.</summary>
    private const int StartSeconds = 4;
    private const double StartSurplusSeconds = 0.004;
    private const int SkipMask = 32;

    /// <summary>What is ready earlier than ever by more than this is no jitter; and so far beyond the depth is looked.</summary>
    private const int EarlyFrames = 24;
    private const int MostEarly = 4096;

    private bool _isShrinking;
    private bool _isGrowing;
    private double _jumpedFrames;
    private int _playedFrames;

    /// <summary>Frames gone back for that are not yet known to be later for good.</summary>
    private double _wentBack;

    /// <summary>Returns by how many frames the offset grows over this block, by pace.</summary>
    private double MoveDepth(in StreamEstimate estimate, int frames)
    {
        double missing = estimate.Needed + Beyond - _offset;
        double urgent = missing - (_sharesClock ? 0 : Lookahead);
        if (urgent >= UrgentFrames && _interpolator.Ahead < MostPutIn)
        {
            Deepen(Math.Min((int)Math.Ceiling(urgent), MostStretch));
            missing = estimate.Needed + Beyond - _offset;
        }

        _playedFrames = Math.Min(_playedFrames + frames, _rate * StartSeconds);
        if (-missing > _rate * (_playedFrames < _rate * StartSeconds ? StartSurplusSeconds : MostSurplusSeconds))
        {
            Skip((int)-missing);
            return 0;
        }

        // What a jump of a clock made deeper is no jitter of the network: it is taken back at once, where the jump was heard anyway, as far as packets come in time for it since.
        double surplus = Math.Min(Math.Min(_jumpedFrames, -missing), _slack.Least);
        _jumpedFrames = 0;
        if (surplus > UrgentFrames)
        {
            Skip((int)surplus);
            return 0;
        }

        double shift = Glide(missing, frames);
        _offset += shift;
        return shift;
    }

    private double Glide(double missing, int frames)
    {
        int slides = _sharesClock ? 0 : _periodFrames;
        double deep = _sharesClock ? HeldShared : HeldDeep;
        _isGrowing = missing > (_sharesClock ? HeldShared : HeldShallow) || (_isGrowing && missing > 0);
        _isShrinking = -missing > slides + deep || (_isShrinking && -missing > slides);
        if (_isGrowing)
        {
            return Math.Min(missing, frames * GrowthPace);
        }

        double pace = Math.Clamp(-missing / (ShrinkSeconds * _rate), _sharesClock ? SharedShrinkPace : ShrinkPace, FastestShrinkPace);
        return _isShrinking && _slack.Least > deep ? Math.Max(missing, -frames * pace) : 0;
    }

    /// <summary>At once: by going back to what came too late, where that was all, else by putting in what could have gone on.</summary>
    private void Deepen(int frames)
    {
        int back = (int)Math.Min(_read - GapStart, frames);
        if (back > 0)
        {
            _read -= back;
            _offset += back;
            return;
        }

        _interpolator.MakeRoom(frames);
        _lanes.Stretch(_epoch, _read, frames);
        _offset += frames;
        Figures.Stretched(frames);
    }

    /// <summary>The first frame of the gap that all lanes are in, as far as can be gone back.</summary>
    private long GapStart => Math.Max(_lanes.GapStart(_read), Math.Max(_base, _read - (PacketIntake.RewindFrames / 2)));

    /// <summary>Where nothing is there to go on with, but what was missing has come since, everything has become later than the depth may cover: what came is played.</summary>
    private void GoBack()
    {
        int back = _isPlaying ? _lanes.WayBack(_epoch, GapStart, _read, _periodFrames) : 0;
        _read -= back;
        _offset += back;
        _wentBack += back;
    }

    /// <summary>
    /// What lies ready too early call after call is no luck of the network: it is a burst that was gone back for, or the device has stood still. Where the depth does not know of it, the line moves.
    /// </summary>
    private void LeaveOutWhatIsEarly(in StreamEstimate estimate, int takenAhead)
    {
        double depth = _offset - estimate.Least;
        _slack.Add(_lanes.Ready(_epoch, _read, (int)Math.Clamp(depth, 0, _rate) + MostEarly) + takenAhead);
        int least = _slack.Least;
        int surplus = (int)Math.Min(Math.Min(_wentBack, least - Margin), _offset - estimate.Needed - Beyond);
        if (surplus > UrgentFrames)
        {
            Skip(surplus);
            (_wentBack, least) = (_wentBack - surplus, 0);
            _slack.Clear();
        }

        int early = (int)(least - depth);
        if (estimate.IsBounded && early > EarlyFrames + (_sharesClock ? 0 : _periodFrames))
        {
            // The packets say so to a period, the clocks exactly, where they know.
            double jump = Math.Abs(_drift.Surprise - early) < EarlyFrames + _periodFrames ? _drift.Surprise : early;
            _drift.Jump(jump);
            _offset += jump;
            Skip((int)jump);
            _handover.TellJump(_time.Add((long)(-1e9 * (_slack.Seconds + ((double)early / _rate)))));
            _slack.Clear();
            Figures.Stepped();
        }
    }

    private void Skip(int frames)
    {
        _read += frames;
        _offset -= frames;
        _lanes.Mask(_read + SkipMask);
        Figures.Skipped(frames);
    }
}
