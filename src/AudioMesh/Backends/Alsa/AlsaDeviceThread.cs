// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Interop;
using AudioMesh.Realtime;

namespace AudioMesh.Backends.Alsa;

/// <summary>
/// The thread that runs a device: it starts the PCMs, waits for each period, runs it through the stream, starts anew after an xrun and
/// declares the device lost when nothing else helps. The ALSA calls and the poll are its own waits; nothing else here may call the system.
/// </summary>
internal sealed unsafe class AlsaDeviceThread : IDisposable
{
    /// <summary>How long a device may be silent, on top of twice its buffer, before it counts as hung.</summary>
    private const int PatienceMs = 1000;

    private const int MostRestarts = 16;
    private const int ResumePauseMs = 10;
    private const int ResumePatienceMs = 5000;

    private readonly LibAsound _library;
    private readonly PcmPair _pcms;
    private readonly DeviceStream _stream;
    private readonly string _device;
    private readonly PcmShape _shape;
    private readonly PcmWaiter _waiter;
    private readonly PeriodMover _mover;
    private readonly PcmTimeline _timeline;
    private readonly PcmPace _pace;
    private readonly ChannelBuffers _outputs;
    private readonly ChannelBuffers _inputs;
    private readonly ChannelBuffers _silence;
    private RealtimeThread? _thread;
    private int _restarts;

    public AlsaDeviceThread(LibAsound library, PcmPair pcms, string device, DeviceStream stream)
    {
        _library = library;
        _pcms = pcms;
        _device = device;
        _stream = stream;
        _shape = pcms.Shape;
        _waiter = new PcmWaiter(library, pcms, PatienceMs + (2 * 1000 * _shape.BufferFrames / _shape.Rate));
        _mover = new PeriodMover(_waiter);
        _timeline = new PcmTimeline(_shape.Rate, _shape.PeriodFrames);
        _pace = new PcmPace(_shape.Rate, _shape.PeriodFrames, _shape.BufferFrames);
        _outputs = new ChannelBuffers(pcms.Playback?.Shape.Channels ?? 0, _shape.PeriodFrames);
        _inputs = new ChannelBuffers(pcms.Capture?.Shape.Channels ?? 0, _shape.PeriodFrames);
        _silence = new ChannelBuffers(_outputs.Channels, _shape.PeriodFrames);
    }

    /// <summary>Whether the thread got realtime priority. Control thread.</summary>
    public bool IsRealtime => _thread?.Grant.IsRealtime ?? false;

    /// <summary>Starts the thread. Control thread, when it does not run.</summary>
    public void Start()
    {
        _waiter.Arm();
        long periodNs = new FrameCount(_shape.PeriodFrames).ToNanoseconds(_shape.Rate);
        _thread = RealtimeThread.Start("am-alsa", RealtimePriority.Device, periodNs, Run);
    }

    /// <summary>Asks the thread to end; true when it has within <paramref name="timeoutMs"/>. Control thread.</summary>
    public bool Stop(int timeoutMs)
    {
        _waiter.Stop();
        return _thread?.Join(timeoutMs) ?? true;
    }

    /// <summary>Gives back its memory and the PCMs; the thread has ended.</summary>
    public void Dispose()
    {
        _pcms.Dispose();
        _waiter.Dispose();
        _outputs.Dispose();
        _inputs.Dispose();
        _silence.Dispose();
    }

    private void Run()
    {
        using AlsaMessages quiet = new(_library);
        BindSystemCalls();
        int code = Loop();
        if (code != PcmWaiter.Stopped)
        {
            // The last words of this thread: nothing is realtime any more, so they may be put together.
            Lose(code);
        }

        _pcms.Drop();
    }

    /// <summary>Under the jitting runtime a call of the C library allocates the first time: have that before the first period.</summary>
    private void BindSystemCalls() => _waiter.UntilTime(MeshClock.Now.Add(3_500_000));

    /// <summary>Runs periods until there is a reason not to, and answers that.</summary>
    private int Loop()
    {
        _restarts = 0;
        int code = Restart(out _);
        while (true)
        {
            if (code == 0)
            {
                code = Wait();
            }

            if (code == 0)
            {
                code = RunPeriod();
            }

            if (code == -AlsaErrno.ESTRPIPE)
            {
                code = Resume();
            }

            if (code == -AlsaErrno.EPIPE && _restarts++ < MostRestarts)
            {
                code = RestartAfterXrun();
            }
            else if (code != 0)
            {
                return code;
            }
        }
    }

    private int Wait()
    {
        int code = _pace.IsByClock ? _waiter.UntilTime(_pace.Due) : 0;
        return code == 0 ? _waiter.UntilReady(_shape.PeriodFrames) : code;
    }

    private int Restart(out long missed)
    {
        int code = _pcms.Restart(_silence.Pointers);
        MeshTime now = MeshClock.Now;
        _pace.Restart(now);
        missed = _timeline.Restart(now);
        return Math.Min(code, 0);
    }

    private int RestartAfterXrun()
    {
        int code = Restart(out long missed);
        ReportXrun(missed);
        return code;
    }

    /// <summary>Waits out a suspend, bounded. Whether the device could resume or not, it is started anew.</summary>
    private int Resume()
    {
        for (int waitedMs = 0; waitedMs < ResumePatienceMs;)
        {
            if (_pcms.Resume() != -AlsaErrno.EAGAIN)
            {
                return -AlsaErrno.EPIPE;
            }

            if (_waiter.Pause(ResumePauseMs, ref waitedMs) != 0)
            {
                return PcmWaiter.Stopped;
            }
        }

        return -AlsaErrno.ESTRPIPE;
    }

    private int RunPeriod()
    {
        MeshTime wake = MeshClock.Now;
        PcmPosition output = default;
        PcmPosition input = default;
        int code = _pcms.Capture is { } recorder ? recorder.Measure(out input) : 0;
        if (code == 0 && _pcms.Playback is { } player)
        {
            code = player.Measure(out output);
        }

        if (code == 0 && _pcms.Capture is { } capture)
        {
            code = _mover.Record(capture, _inputs);
        }

        if (code != 0)
        {
            return code;
        }

        Step(wake, _pcms.Playback is null ? input : output);
        DeviceBlock block = Block(wake, output.HardwareFrames, input.HardwareFrames);
        _stream.Render(ref block);
        code = _pcms.Playback is { } playback ? _mover.Play(playback, _outputs) : 0;
        _restarts = code == 0 ? 0 : _restarts;
        return code;
    }

    /// <summary>Moves the time on to this period.</summary>
    [RealtimeSafe]
    private void Step(MeshTime wake, PcmPosition position)
    {
        if (_pace.IsByClock)
        {
            long missed = _pace.SkipMissed(wake);
            if (missed > 0)
            {
                _timeline.Skip(missed);
                ReportXrun(missed);
            }

            _timeline.Step(_pace.Due);
            _pace.Advance();
            return;
        }

        // Where the device was further than the period's beginning when it was looked at, that lies back.
        FrameCount beyond = new(position.Available - _shape.PeriodFrames);
        _timeline.Step(position.Time.Add(-beyond.ToNanoseconds(_shape.Rate)));
        if (_pace.IsTooEarly(wake, _timeline.PeriodTime))
        {
            _timeline.Skip(0);
        }
    }

    [RealtimeSafe]
    private DeviceBlock Block(MeshTime wake, long outputHardwareFrames, long inputHardwareFrames) => new()
    {
        Outputs = _outputs.Pointers,
        Inputs = _inputs.Pointers,
        OutputChannels = _outputs.Channels,
        InputChannels = _inputs.Channels,
        Frames = _shape.PeriodFrames,
        DeviceFrame = _timeline.Frame,
        PeriodTime = _timeline.PeriodTime,
        WakeTime = wake,
        OutputTime = _timeline.At(_shape.BufferFrames - _shape.PeriodFrames + outputHardwareFrames),
        InputTime = _timeline.At(-_shape.PeriodFrames - inputHardwareFrames),
    };

    [RealtimeSafe]
    private void ReportXrun(long frames) => _stream.ReportXrun(new FrameCount(frames).ToNanoseconds(_shape.Rate) / 1000, frames);

    private void Lose(int code)
    {
        AudioErrorKind kind = code == PcmWaiter.Hung ? AudioErrorKind.Timeout : AudioErrorKind.DeviceLost;
        string reason = code switch
        {
            PcmWaiter.Hung => "hangs: it has not asked for a period for too long",
            -AlsaErrno.EPIPE => "does not come out of its xruns",
            -AlsaErrno.ESTRPIPE => "does not wake from suspend",
            _ => $"is gone: {AlsaErrors.Text(_library, code)}",
        };
        _stream.Lose(kind, $"'{_device}' {reason}.");
    }
}
