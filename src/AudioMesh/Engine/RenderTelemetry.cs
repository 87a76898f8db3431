// SPDX-License-Identifier: MIT
using AudioMesh.Backends;
using AudioMesh.Clock;
using AudioMesh.Graph;
using AudioMesh.Realtime;

namespace AudioMesh.Engine;

/// <summary>What the device thread measures of itself: it writes, anyone reads.</summary>
public sealed class RenderTelemetry
{
    private int _rate = 48000;
    private long _periods;
    private long _missed;
    private long _deviceXruns;
    private long _overruns;
    private long _allocatedBytes;
    private long _allocatedBefore = -1;
    private double _load;
    private double _loadPeak;
    private long _nextDeviceFrame;
    private bool _isContinuing;
    private PlayedPoint _placed;
    private readonly TripleBuffer<PlayedPoint> _point = new();
    private readonly TripleBuffer<PeriodReading> _period = new();
    private PeriodReading _surest;
    private int _surestOfFrames;
    private long _lateFrames;
    private int _run;

    /// <summary>From when a period was due to when its callback began.</summary>
    public LatencyHistogram Lateness { get; } = new();

    /// <summary>Time spent in callbacks.</summary>
    public LatencyHistogram RenderTime { get; } = new();

    /// <summary>Callbacks so far.</summary>
    public long Periods => Volatile.Read(ref _periods);

    /// <summary>Periods the device went on without us.</summary>
    public long Missed => Volatile.Read(ref _missed);

    /// <summary>Xruns as the device reported them.</summary>
    public long DeviceXruns => Volatile.Read(ref _deviceXruns);

    /// <summary>Callbacks that ended after their deadline.</summary>
    public long Overruns => Volatile.Read(ref _overruns);

    /// <summary>Frames in them.</summary>
    public long LateFrames => Volatile.Read(ref _lateFrames);

    /// <summary>Bytes allocated on the device thread since its first callback.</summary>
    public long AllocatedBytes => Volatile.Read(ref _allocatedBytes);

    /// <summary>Share of the period spent rendering, smoothed over about 64 periods.</summary>
    public double Load => Volatile.Read(ref _load);

    /// <summary>The highest share of a period spent rendering.</summary>
    public double LoadPeak => Volatile.Read(ref _loadPeak);

    /// <summary>The last position rendered and the mesh time at which it leaves the device. One reader thread.</summary>
    public PlayedPoint Placement => _point.Read(out _);

    /// <summary>Gets ready for a device at <paramref name="rate"/>. Control side, while no device renders.</summary>
    public void Restart(int rate)
    {
        _rate = rate;
        _isContinuing = false;
        _allocatedBefore = -1;
        _surestOfFrames = 0;
        _run++;
    }

    /// <summary>The begin of the period whose callback was the least late of the last twentieth of a second. One reader thread.</summary>
    internal PeriodReading ReadPeriod(out bool isNew) => _period.Read(out isNew);

    /// <summary>Accounts for the gap before <paramref name="block"/>; returns the rate.</summary>
    [RealtimeSafe]
    internal int Begin(in DeviceBlock block, EventQueue<RenderEvent> events)
    {
        Volatile.Write(ref _periods, _periods + 1);
        Volatile.Write(ref _deviceXruns, _deviceXruns + block.Xruns);
        CountAllocations();
        if (!block.Freewheeling)
        {
            Lateness.Add(block.WakeTime - block.PeriodTime);
        }

        long lost = block.DeviceFrame - _nextDeviceFrame;
        if (_isContinuing && lost > 0)
        {
            long missed = Math.Max(1, (lost + (block.Frames / 2)) / block.Frames);
            Volatile.Write(ref _missed, _missed + missed);
            events.TryPush(new RenderEvent(RenderEventKind.Missed, RenderCause.Device, 0, block.WakeTime, lost, missed));
        }

        ReadClock(block);
        _nextDeviceFrame = block.DeviceFrame + block.Frames;
        _isContinuing = true;
        return _rate;
    }

    /// <summary>Accounts for the callback that began at <paramref name="begin"/>.</summary>
    [RealtimeSafe]
    internal void End(in DeviceBlock block, MeshTime begin, MeshTime end, EventQueue<RenderEvent> events)
    {
        long took = end - begin;
        double period = block.Frames * (1e9 / _rate);
        double share = took / period;
        RenderTime.Add(took);
        Volatile.Write(ref _load, _load + ((share - _load) / 64));
        if (share > _loadPeak)
        {
            Volatile.Write(ref _loadPeak, share);
        }

        if (took > period && !block.Freewheeling)
        {
            Volatile.Write(ref _overruns, _overruns + 1);
            Volatile.Write(ref _lateFrames, _lateFrames + block.Frames);
            events.TryPush(
                new RenderEvent(RenderEventKind.Overrun, RenderCause.Overrun, 0, end, (long)(took - period)));
        }

        _point.Write(_placed);
    }

    /// <summary>Notes when a position leaves the device.</summary>
    [RealtimeSafe]
    internal void Placed(long position, MeshTime time) => _placed = new PlayedPoint(new FrameCount(position), time);

    // Chosen here, where every period is seen: who reads may come seldom.
    [RealtimeSafe]
    private void ReadClock(in DeviceBlock block)
    {
        PeriodReading reading = new(_run, block.DeviceFrame, block.PeriodTime, block.WakeTime, !block.Freewheeling);
        if (_surestOfFrames == 0 || reading.LatenessNs <= _surest.LatenessNs)
        {
            _surest = reading;
        }

        _surestOfFrames += block.Frames;
        if (_surestOfFrames >= _rate / 20)
        {
            _period.Write(_surest);
            _surestOfFrames = 0;
        }
    }

    [RealtimeSafe]
    private void CountAllocations()
    {
        long now = GC.GetAllocatedBytesForCurrentThread();
        if (_allocatedBefore >= 0)
        {
            Volatile.Write(ref _allocatedBytes, _allocatedBytes + now - _allocatedBefore);
        }

        _allocatedBefore = now;
    }
}
