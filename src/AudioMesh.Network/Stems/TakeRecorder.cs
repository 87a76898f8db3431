// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Network.Time;
using AudioMesh.Realtime;

namespace AudioMesh.Network.Stems;

/// <summary>
/// Records takes that know their place in mesh time: a WAV with the time of its first sample in bext, and a sidecar with the clock map, a point a second, and
/// every dropout. Both are brought to the disk once a second, so that a killed recorder leaves a take. Sound comes from one thread, which waits for
/// the disk and is no device thread; all else from any thread.
/// </summary>
public sealed class TakeRecorder : IDisposable
{
    private readonly Lock _gate = new();
    private readonly TakeRecorderOptions _options;
    private readonly Func<TimebaseReading> _timebase;
    private TakePlan? _plan;
    private TakeStart? _start;
    private TakeRun? _run;
    private TakeState _state;

    /// <summary>
    /// A recorder that asks <paramref name="timebase"/> where the host's monotonic clock stands to mesh time (<see cref="MeshTimebase.Read"/>). Throws
    /// InvalidArgument, naming the field.
    /// </summary>
    public TakeRecorder(TakeRecorderOptions options, Func<TimebaseReading> timebase)
    {
        options.Validate();
        _options = options;
        _timebase = timebase;
    }

    /// <summary>What it is at.</summary>
    public TakeState State
    {
        get
        {
            lock (_gate)
            {
                return _state;
            }
        }
    }

    /// <summary>The present take's frames, or the last one's.</summary>
    public long Frames
    {
        get
        {
            lock (_gate)
            {
                return _run?.Frames ?? 0;
            }
        }
    }

    /// <summary>Frames of it that never came, silent in the file.</summary>
    public long LostFrames
    {
        get
        {
            lock (_gate)
            {
                return _run?.LostFrames ?? 0;
            }
        }
    }

    /// <summary>When its first frame was heard; null before.</summary>
    public TakePoint? First
    {
        get
        {
            lock (_gate)
            {
                return _run?.First;
            }
        }
    }

    /// <summary>Why it failed.</summary>
    public AudioMeshException? Failure { get; private set; }

    /// <summary>
    /// Waits from now on for the plan's time. A time that has passed is late by what it is late: the take begins when the times of nine blocks have told where they lie. Throws InvalidArgument,
    /// naming the field, InvalidState while a take is armed or recorded, and FileUnreadable where one is there already.
    /// </summary>
    public void Arm(TakePlan plan)
    {
        plan.Validate();
        lock (_gate)
        {
            if (_state is TakeState.Armed or TakeState.Recording)
            {
                throw new AudioMeshException(AudioErrorKind.InvalidState, $"{plan.Path} cannot be armed while {_plan!.Path} is.");
            }

            _plan = plan;
            _start = new TakeStart(_options.Rate);
            _run = null;
            Failure = null;
            _state = TakeState.Armed;
        }
    }

    /// <summary>Ends the take with the last frame that came, or forgets one that has not begun. Throws what the disk throws.</summary>
    public void Disarm()
    {
        lock (_gate)
        {
            if (_state == TakeState.Armed)
            {
                _state = TakeState.Idle;
            }
            else if (_state == TakeState.Recording)
            {
                Try(_run!.Finish, TakeState.Finished);
                if (Failure is not null)
                {
                    throw Failure;
                }
            }
        }
    }

    /// <summary>
    /// Takes what was heard, whole frames whose first reached the input at <paramref name="hostTime"/> of the host's monotonic clock, give or take
    /// <paramref name="hostErrorNs"/>; Unknown continues what came before. Waits for the disk. Throws InvalidArgument for parts of frames; what fails besides is in
    /// <see cref="Failure"/>.
    /// </summary>
    public void Take(ReadOnlySpan<float> interleaved, MeshTime hostTime, FrameFlags flags = FrameFlags.None, double hostErrorNs = 0)
    {
        if (interleaved.Length % _options.Channels != 0 || !(hostErrorNs >= 0))
        {
            throw new AudioMeshException(AudioErrorKind.InvalidArgument, $"{interleaved.Length} samples with an error of {hostErrorNs} ns are no frames of {_options.Channels} channels.");
        }

        lock (_gate)
        {
            TimebaseReading timebase = _timebase();
            if (_state == TakeState.Armed && hostTime.IsKnown)
            {
                hostTime = _start!.Add(hostTime, interleaved.Length / _options.Channels);
            }

            if (_state == TakeState.Armed && _start!.IsSteady && hostTime.IsKnown && timebase.Map.IsKnown && timebase.State != TimebaseState.Acquiring)
            {
                int early = FramesUntilStart(timebase, hostTime, interleaved.Length / _options.Channels);
                interleaved = interleaved[(early * _options.Channels)..];
                if (!interleaved.IsEmpty)
                {
                    hostTime = hostTime.Add(new FrameCount(early).ToNanoseconds(_options.Rate));
                    Try(() => _run = new TakeRun(_options, _plan!, timebase, hostTime, hostErrorNs), TakeState.Recording);
                }
            }

            if (_state == TakeState.Recording)
            {
                Continue(interleaved, hostTime, flags, hostErrorNs, timebase);
            }
        }
    }

    /// <summary>Disarms.</summary>
    public void Dispose() => Disarm();

    private int FramesUntilStart(in TimebaseReading timebase, MeshTime hostTime, int frames) => _plan!.At.IsKnown
        ? (int)Math.Clamp(FrameCount.FromNanoseconds(_plan.At - timebase.Map.ToMesh(hostTime.Nanoseconds), _options.Rate).Value, 0, frames)
        : 0;

    private void Continue(ReadOnlySpan<float> interleaved, MeshTime hostTime, FrameFlags flags, double hostErrorNs, in TimebaseReading timebase)
    {
        try
        {
            if (!_run!.Take(interleaved, hostTime, flags, hostErrorNs, timebase))
            {
                _run.Finish();
                _state = TakeState.Finished;
            }
        }
        catch (AudioMeshException failure)
        {
            Fail(failure);
        }
    }

    private void Try(Action work, TakeState next)
    {
        try
        {
            work();
            _state = next;
        }
        catch (AudioMeshException failure)
        {
            Fail(failure);
        }
    }

    private void Fail(AudioMeshException failure)
    {
        _run?.Dispose();
        Failure = failure;
        _state = TakeState.Failed;
    }
}
