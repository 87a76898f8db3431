// SPDX-License-Identifier: MIT
using AudioMesh.Clock;

namespace AudioMesh.Network.Time;

/// <summary>Host time to the system's clock, where mesh time follows that.</summary>
internal sealed class SystemFollower
{
    private const long PeriodNs = 1_000_000_000;

    /// <summary>By this the kernel lets its own bound grow while nothing corrects it (adjtimex, tolerance).</summary>
    private const double Tolerance = 500e-6;

    private readonly ISystemClock _clock;
    private readonly ClockEstimator _estimator = new(new ClockEstimatorOptions { NominalHz = 1e9, MaxSkewPpm = 1000, MaxWanderPpbPerSecond = 100_000, WindowNs = 10_000_000_000 });
    private SystemClockReading _last;
    private MeshTime _due;

    /// <summary>Throws InvalidState when nothing disciplines the clock and <paramref name="trust"/> does not overrule that.</summary>
    public SystemFollower(ISystemClock clock, bool trust, MeshTime hostNow)
    {
        _clock = clock;
        Poll(hostNow);
        if (!_last.IsSynchronised && !trust)
        {
            throw new AudioMeshException(
                AudioErrorKind.InvalidState,
                "Mesh time cannot follow the system's clock: the kernel says that it is not synchronised. Start chrony, ntpd, or ptp4l and phc2sys, or trust it all the same.")
            {
                Field = "system_clock",
            };
        }
    }

    public bool IsSynchronised => _last.IsSynchronised;

    /// <summary>Reads the clock when that is due, and answers when it will be.</summary>
    public MeshTime Tick(MeshTime hostNow)
    {
        if (hostNow >= _due || hostNow < _due.Add(-PeriodNs))
        {
            Poll(hostNow);
        }

        return _due;
    }

    public ClockMap MapAt(MeshTime hostNow)
    {
        ClockMap aged = MapAging.At(_estimator.Map, hostNow);
        double awayNs = Math.Abs((double)(hostNow - _last.Host));
        return new ClockMap(
            hostNow.Nanoseconds, aged.MeshOrigin, aged.Rate, aged.ErrorNs + _last.MaxErrorNs + (Tolerance * awayNs), aged.RateError + Tolerance);
    }

    private void Poll(MeshTime hostNow)
    {
        _last = _clock.Read();
        _due = hostNow.Add(PeriodNs);
        _estimator.Observe((ulong)_last.Host.Nanoseconds, _last.System, _last.UncertaintyNs);
    }
}
