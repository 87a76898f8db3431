// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Realtime;

namespace AudioMesh.Backends.Alsa;

/// <summary>The device's clock as its thread keeps it: which frame each period begins with, and when. One device thread.</summary>
[RealtimeSafe]
internal sealed class PcmTimeline(int rate, int periodFrames)
{
    private readonly DelayLockedLoop _loop = new(rate);
    private long _next;
    private bool _hasRun;

    /// <summary>The present period's first frame.</summary>
    public long Frame { get; private set; }

    /// <summary>When the present period was due to begin.</summary>
    public MeshTime PeriodTime { get; private set; }

    /// <summary>Says that the device starts anew at <paramref name="now"/>, and answers how many frames it missed since it last ran.</summary>
    public long Restart(MeshTime now)
    {
        long missed = _hasRun ? Math.Max(0, FrameCount.FromNanoseconds(now - PeriodTime, rate).Value) : 0;
        _hasRun = true;
        PeriodTime = now;
        Skip(missed);
        return missed;
    }

    /// <summary>Leaves frames out that the device did not ask for; the next period may begin at any time.</summary>
    public void Skip(long frames)
    {
        _next += frames;
        _loop.Restart();
    }

    /// <summary>Goes to the next period, which the device announced at <paramref name="began"/>.</summary>
    public void Step(MeshTime began)
    {
        _loop.Update(began, periodFrames);
        PeriodTime = _loop.Current;
        Frame = _next;
        _next += periodFrames;
    }

    /// <summary>The mesh time <paramref name="frames"/> after the beginning of the present period, or before it.</summary>
    public MeshTime At(long frames) => PeriodTime.Add((long)(frames * (1e9 / _loop.RateHz)));
}
