// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Realtime;

namespace AudioMesh.Backends.Alsa;

/// <summary>
/// Tells a device that keeps time from one that takes whatever it is given (ALSA's <c>null</c> and <c>file</c>). Of a real device no more
/// than its buffer can be asked for at once; one that keeps asking is paced by the clock from then on. One device thread.
/// </summary>
[RealtimeSafe]
internal sealed class PcmPace(int rate, int periodFrames, int bufferFrames)
{
    private const long SlackNs = 10_000_000;

    /// <summary>How much slower than nominal a period may be taken to be before it counts as early.</summary>
    private const double Tolerance = 0.95;

    private readonly long _periodNs = new FrameCount(periodFrames).ToNanoseconds(rate);
    private readonly long _bufferNs = new FrameCount(bufferFrames).ToNanoseconds(rate);
    private MeshTime _last = MeshTime.Unknown;
    private long _leadNs;
    private FrameClock _clock;
    private long _frame;

    /// <summary>Whether the device leaves the pace to us.</summary>
    public bool IsByClock { get; private set; }

    /// <summary>When the next period is due; only by clock.</summary>
    public MeshTime Due => _clock.TimeOf(_frame);

    /// <summary>Forgets the past, but not what kind of device it is: the next period is due one period after <paramref name="began"/>.</summary>
    public void Restart(MeshTime began)
    {
        _last = began;
        _leadNs = 0;
        _clock = new FrameClock(began, rate);
        _frame = periodFrames;
    }

    /// <summary>
    /// Takes note that the device asked at <paramref name="now"/> for the period that began at <paramref name="began"/>. True when that was
    /// once too often: from here on it is by clock, and what was taken too early is waited for.
    /// </summary>
    public bool IsTooEarly(MeshTime now, MeshTime began)
    {
        _leadNs = Math.Max(0, _leadNs + (long)(Tolerance * _periodNs) - (now - _last));
        _last = now;
        IsByClock = _leadNs > _bufferNs + SlackNs;
        if (IsByClock)
        {
            Restart(began);
        }

        return IsByClock;
    }

    /// <summary>Leaves whole periods out when the present one is later than a buffer; answers the frames.</summary>
    public long SkipMissed(MeshTime now)
    {
        long lateNs = now - Due;
        long missed = lateNs > _bufferNs ? FrameCount.FromNanoseconds(lateNs, rate).Value / periodFrames * periodFrames : 0;
        _frame += missed;
        return missed;
    }

    /// <summary>Goes on to the next period.</summary>
    public void Advance() => _frame += periodFrames;
}
