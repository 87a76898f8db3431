// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Interop;
using AudioMesh.Realtime;

namespace AudioMesh.Backends.Jack;

/// <summary>
/// Turns the times of a JACK cycle into those of a block. JACK counts frames in 32 bits and time in microseconds of a clock of its
/// own; both go on here in 64 bits, forward only. That clock is Linux's raw monotonic one, which nobody disciplines, so it drifts against the one of mesh time by what NTP corrects:
/// how far they are apart is measured in every cycle.
/// </summary>
internal sealed unsafe class JackTimeline
{
    private const int OffsetReadings = 16;
    private const double FollowNs = 5e7;
    private const long InterruptedNs = 10_000;
    private const long JumpNs = 1_000_000;

    // A server says when it woke up; what lies further back is something else.
    private const long LongestAgoNs = 1_000_000_000;

    private readonly LibJack _jack;
    private readonly WakeLine? _wakes;
    private double _offsetNs;
    private uint _lastFrame;
    private long _frame;
    private long _nextFrame;
    private MeshTime _lastPeriod = MeshTime.Unknown;
    private bool _hasRun;

    /// <summary>
    /// Measures how far JACK's clock is from mesh time. With a <paramref name="rate"/>, periods begin by the server's wakings; without, by JACK's filter, as for all its clients. Control thread.
    /// </summary>
    public JackTimeline(LibJack jack, int rate = 0)
    {
        _jack = jack;
        _wakes = rate > 0 ? new WakeLine(rate) : null;
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
        float periodUs = 0;
        if (_jack.jack_get_cycle_times(client, &frame, &cycleUs, &nextUs, &periodUs) != 0)
        {
            frame = _jack.jack_last_frame_time(client);
            cycleUs = _jack.jack_get_time();
        }

        _frame = _hasRun ? Math.Max(_frame + (int)(frame - _lastFrame), _nextFrame) : frame;
        Follow(periodUs * 1000);
        MeshTime period = new(((long)cycleUs * 1000) + (long)_offsetNs);
        if (_wakes is not null)
        {
            period = _wakes.Step(WokeAt(client, period), block.Frames, _hasRun && _frame != _nextFrame);
        }

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

    [RealtimeSafe]
    private MeshTime WokeAt(jack_client_t* client, MeshTime filtered)
    {
        jack_position_t position;
        _jack.jack_transport_query(client, &position);
        MeshTime woke = new(((long)position.usecs * 1000) + (long)_offsetNs);
        return Math.Abs(filtered - woke) < LongestAgoNs ? woke : filtered;
    }

    // A reading is right to the microsecond that JACK counts in; averaged over a few hundredths of a second the offset is, too, and not much behind.
    [RealtimeSafe]
    private void Follow(double periodNs)
    {
        (double offset, long took) = ReadOffset(_jack);
        if (took < InterruptedNs)
        {
            double wrong = offset - _offsetNs;
            _offsetNs += Math.Abs(wrong) > JumpNs ? wrong : wrong * Math.Min(1, periodNs / FollowNs);
        }
    }

    private static double MeasureOffset(LibJack jack)
    {
        (double Offset, long Took) best = (0, long.MaxValue);
        for (int i = 0; i < OffsetReadings; i++)
        {
            (double Offset, long Took) reading = ReadOffset(jack);
            best = reading.Took < best.Took ? reading : best;
        }

        return best.Offset;
    }

    [RealtimeSafe]
    private static (double Offset, long Took) ReadOffset(LibJack jack)
    {
        MeshTime before = MeshClock.Now;
        long jackNs = (long)jack.jack_get_time() * 1000;
        long took = MeshClock.Now - before;
        return (before.Nanoseconds + (took / 2) - jackNs, took);
    }
}
