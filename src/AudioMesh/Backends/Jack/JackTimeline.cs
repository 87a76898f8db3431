// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Interop;
using AudioMesh.Realtime;

namespace AudioMesh.Backends.Jack;

/// <summary>
/// Turns the times of a JACK cycle into those of a block. JACK counts frames in 32 bits and time in microseconds of a clock of its
/// own; both go on here in 64 bits, forward only.
/// </summary>
internal sealed unsafe class JackTimeline
{
    private const int OffsetReadings = 16;
    private const long SameClockNs = 20_000;
    private readonly LibJack _jack;
    private readonly long _offsetNs;
    private uint _lastFrame;
    private long _frame;
    private long _nextFrame;
    private MeshTime _lastPeriod = MeshTime.Unknown;
    private bool _hasRun;

    /// <summary>Measures how far JACK's clock is from mesh time. Control thread.</summary>
    public JackTimeline(LibJack jack)
    {
        _jack = jack;
        _offsetNs = MeasureOffset(jack);
    }

    /// <summary>
    /// Sets device frame, period time and the frames lost before this cycle; JACK's frame count jumps over cycles it did not give us.
    /// Device thread, once per cycle.
    /// </summary>
    [RealtimeSafe]
    public void Stamp(jack_client_t* client, ref DeviceBlock block)
    {
        uint frame;
        ulong cycleUs;
        ulong nextUs;
        float periodUs;
        if (_jack.jack_get_cycle_times(client, &frame, &cycleUs, &nextUs, &periodUs) != 0)
        {
            frame = _jack.jack_last_frame_time(client);
            cycleUs = _jack.jack_get_time();
        }

        _frame = _hasRun ? Math.Max(_frame + (int)(frame - _lastFrame), _nextFrame) : frame;
        MeshTime period = new(((long)cycleUs * 1000) + _offsetNs);
        if (_hasRun && period <= _lastPeriod)
        {
            period = _lastPeriod.Add(1);
        }

        block.DeviceFrame = _frame;
        block.PeriodTime = period;
        block.XrunFrames = _hasRun ? _frame - _nextFrame : 0;
        _lastFrame = frame;
        _lastPeriod = period;
        _nextFrame = _frame + block.Frames;
        _hasRun = true;
    }

    private static long MeasureOffset(LibJack jack)
    {
        long best = long.MaxValue;
        long offset = 0;
        for (int i = 0; i < OffsetReadings; i++)
        {
            MeshTime before = MeshClock.Now;
            long jackNs = (long)jack.jack_get_time() * 1000;
            long took = MeshClock.Now - before;
            if (took < best)
            {
                best = took;
                offset = before.Nanoseconds + (took / 2) - jackNs;
            }
        }

        return Math.Abs(offset) < SameClockNs ? 0 : offset;
    }
}
