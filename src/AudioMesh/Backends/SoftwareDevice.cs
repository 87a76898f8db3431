// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Realtime;

namespace AudioMesh.Backends;

/// <summary>
/// A device made of a thread: it calls for a period whenever its clock says one is due, or as fast as it can. Late wake-ups are
/// caught up block by block; one later than the whole buffer is an xrun, in which whole periods are skipped. Control thread only.
/// </summary>
internal sealed unsafe class SoftwareDevice : IDisposable
{
    private readonly DeviceStream _stream;
    private readonly StreamInfo _info;
    private readonly IBlockSink? _sink;
    private readonly ChannelBuffers _outputs;
    private readonly ChannelBuffers _inputs;
    private readonly long _bufferNs;
    private readonly bool _paced;
    private RealtimeThread? _pacedThread;
    private Thread? _freeThread;
    private FrameClock _clock;
    private long _frame;
    private bool _hasRun;
    private volatile bool _stopping;

    public SoftwareDevice(DeviceStream stream, StreamInfo info, bool paced, IBlockSink? sink)
    {
        _stream = stream;
        _info = info;
        _paced = paced;
        _sink = sink;
        _outputs = new ChannelBuffers(info.OutputChannels, info.PeriodFrames);
        _inputs = new ChannelBuffers(info.InputChannels, info.PeriodFrames);
        _bufferNs = new FrameCount(info.BufferFrames).ToNanoseconds(info.Rate);
    }

    /// <summary>Whether its thread got realtime priority; a thread that runs as fast as it can asks for none.</summary>
    public bool IsRealtime => _pacedThread?.Grant.IsRealtime ?? false;

    /// <summary>Begins with a period that is due at once; the frame count goes on from an earlier run, over the pause where paced.</summary>
    public void Start()
    {
        _stopping = false;
        if (!_hasRun)
        {
            _clock = new FrameClock(MeshClock.Now, _info.Rate);
            _hasRun = true;
        }

        if (_paced)
        {
            _frame += SkippedFrames(MeshClock.Now);
            long periodNs = new FrameCount(_info.PeriodFrames).ToNanoseconds(_info.Rate);
            _pacedThread = RealtimeThread.Start($"am-{_info.Driver}", RealtimePriority.Device, periodNs, RunPaced);
        }
        else
        {
            _freeThread = new Thread(RunFree) { Name = $"am-{_info.Driver}", IsBackground = true };
            _freeThread.Start();
        }
    }

    /// <summary>Returns when the thread has ended: within a period.</summary>
    public void Stop()
    {
        _stopping = true;
        _pacedThread?.Join(Timeout.Infinite);
        _freeThread?.Join();
        _pacedThread = null;
        _freeThread = null;
    }

    public void Dispose()
    {
        _outputs.Dispose();
        _inputs.Dispose();
    }

    private void RunPaced()
    {
        while (!_stopping)
        {
            MeshTime due = _clock.TimeOf(_frame);
            DeadlineTimer.WaitUntil(due);
            MeshTime wake = MeshClock.Now;
            if (wake - due > _bufferNs)
            {
                long skipped = SkippedFrames(wake);
                _frame += skipped;
                _stream.ReportXrun((wake - due) / 1000, skipped);
            }

            if (RunBlock(wake, out DeviceBlock block) && _sink is { } sink && !sink.TryWrite(in block))
            {
                _stream.ReportXrun(0, block.Frames);
            }
        }
    }

    private void RunFree()
    {
        while (!_stopping)
        {
            if (!RunBlock(MeshClock.Now, out DeviceBlock block))
            {
                Thread.Sleep(1);
            }
            else if (_sink is { } sink)
            {
                SpinWait room = default;
                while (!sink.TryWrite(in block) && _stream.State != BackendState.Lost)
                {
                    room.SpinOnce();
                }
            }
        }
    }

    [RealtimeSafe]
    private bool RunBlock(MeshTime wake, out DeviceBlock block)
    {
        MeshTime due = _clock.TimeOf(_frame);
        block = new DeviceBlock
        {
            Outputs = _outputs.Pointers,
            Inputs = _inputs.Pointers,
            OutputChannels = _info.OutputChannels,
            InputChannels = _info.InputChannels,
            Frames = _info.PeriodFrames,
            DeviceFrame = _frame,
            PeriodTime = due,
            WakeTime = wake,
            OutputTime = _clock.TimeOf(_frame + _info.OutputLatencyFrames),
            InputTime = _clock.TimeOf(_frame - _info.InputLatencyFrames),
            Freewheeling = !_paced,
        };
        if (!_stream.Render(ref block))
        {
            return false;
        }

        _frame += block.Frames;
        return true;
    }

    /// <summary>Frames of the whole periods between the next one and <paramref name="now"/>.</summary>
    [RealtimeSafe]
    private long SkippedFrames(MeshTime now)
    {
        long late = now - _clock.TimeOf(_frame);
        return late <= 0 ? 0 : FrameCount.FromNanoseconds(late, _info.Rate).Value / _info.PeriodFrames * _info.PeriodFrames;
    }
}
