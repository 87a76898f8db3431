// SPDX-License-Identifier: MIT
using AudioMesh.Clock;

namespace AudioMesh.Network.Time;

/// <summary>
/// A peer's clock as seen from here, by two-way exchanges. The request came after it was sent and so did the answer: that alone bounds the
/// peer's clock from both sides, whatever the path did and however unequal its two ways are. So an exchange is a reading that is uncertain by half its
/// round trip, and <see cref="ClockEstimator"/> makes the line of them that passes through all, the surest of each moment first. Its bound holds for any delays as
/// long as clocks keep to <see cref="MaxSkewPpm"/> and <see cref="MaxWanderPpbPerSecond"/>. A reading that fits no line means that a
/// clock has jumped: until that is settled the bound covers it too. One thread.
/// </summary>
public sealed class PeerClock
{
    /// <summary>How far two hosts' clocks are apart in rate at most, parts per million; quartz oscillators keep to a quarter of it.</summary>
    public const double MaxSkewPpm = 500;

    /// <summary>How fast that changes at most, parts per billion a second.</summary>
    public const double MaxWanderPpbPerSecond = 10;

    /// <summary>With fewer readings since the start or the last jump the rate is a guess.</summary>
    private const int ReadingsUntilKnown = 4;

    private const double Skew = MaxSkewPpm * 1e-6;

    /// <summary>A clock shows the nanosecond gone by, in each of two timestamps.</summary>
    private const double ResolutionNs = 2;

    private static readonly ClockEstimatorOptions Options = new()
    {
        NominalHz = 1e9,
        MaxSkewPpm = MaxSkewPpm,
        MaxWanderPpbPerSecond = MaxWanderPpbPerSecond,
        WindowNs = MapAging.WindowNs,
    };

    private readonly PathWindow _path = new();
    private ClockEstimator _estimator = new(Options);
    private MeshTime _lastHost = MeshTime.Unknown;
    private MeshTime _lastPeer = MeshTime.Unknown;
    private int _readings;
    private double _doubtNs;

    /// <summary>Whether enough exchanges were seen since the start, or since the last jump, and none contradicts.</summary>
    public bool IsKnown => _readings >= ReadingsUntilKnown && !IsInDoubt;

    /// <summary>Whether the last exchange contradicts what was measured before: one of the clocks has jumped, or a timestamp is wrong.</summary>
    public bool IsInDoubt => _doubtNs > 0;

    /// <summary>By how much it does, nanoseconds; 0 when it does not.</summary>
    internal double DoubtNs => _doubtNs;

    /// <summary>Exchanges taken.</summary>
    public long Exchanges { get; private set; }

    /// <summary>Exchanges passed over, because they contradicted the rest or themselves.</summary>
    public long Rejected { get; private set; }

    /// <summary>How often one of the two clocks jumped.</summary>
    public int Jumps { get; private set; }

    /// <summary>By how much the peer's clock moved against this host's in the last jump, nanoseconds.</summary>
    public long LastJumpNs { get; private set; }

    /// <summary>What is known of the path; see <see cref="PathFacts"/>.</summary>
    public PathFacts Path => _path.Facts();

    /// <summary>Takes an exchange. False when it was passed over; <see cref="Jumps"/> tells when one made the estimate start over.</summary>
    public bool Observe(in SyncExchange exchange)
    {
        long elapsedNs = exchange.Received - exchange.Sent;
        long heldNs = exchange.PeerSent - exchange.PeerReceived;
        double uncertaintyNs = ((elapsedNs * (1 + Skew)) + ResolutionNs - heldNs) / 2;
        if (elapsedNs < 0 || heldNs < 0 || uncertaintyNs < 0)
        {
            Rejected++;
            return false;
        }

        MeshTime host = exchange.HostMiddle, peer = exchange.PeerMiddle;
        if (_lastHost.IsKnown && host <= _lastHost && peer <= _lastPeer)
        {
            return false; // overtaken by a later exchange: nothing new, nothing wrong
        }

        ClockMap before = _estimator.Map;
        int resets = _estimator.Resets;
        if (!_estimator.Observe((ulong)host.Nanoseconds, peer, (long)Math.Ceiling(uncertaintyNs) + 1))
        {
            Rejected++;
            _doubtNs = Math.Max(_doubtNs, Math.Abs((double)(peer - before.ToMesh(host.Nanoseconds))) + uncertaintyNs);
            return false;
        }

        if (_estimator.Resets != resets)
        {
            LastJumpNs = peer - before.ToMesh(host.Nanoseconds);
            Jumps++;
            _readings = 0;
            _path.Forget();
        }

        _doubtNs = 0;
        _readings++;
        Exchanges++;
        (_lastHost, _lastPeer) = (host, peer);
        _path.Add(exchange, _estimator.Map);
        return true;
    }

    /// <summary>
    /// Host time to the peer's clock as known at <paramref name="hostNow"/>, with bounds for then and the half minute that follows; not known before the first exchange.
    /// </summary>
    public ClockMap MapAt(MeshTime hostNow)
    {
        ClockMap map = _estimator.Map;
        if (!map.IsKnown)
        {
            return default;
        }

        ClockMap aged = MapAging.At(map, hostNow);
        return new ClockMap(aged.SourceOrigin, aged.MeshOrigin, aged.Rate, aged.ErrorNs + _doubtNs, aged.RateError);
    }

    /// <summary>Forgets the peer's clock and the path: for when this host's own clock is known to have been stopped or set.</summary>
    public void Forget()
    {
        _estimator = new ClockEstimator(Options);
        _lastHost = _lastPeer = MeshTime.Unknown;
        _readings = 0;
        _doubtNs = 0;
        _path.Forget();
    }
}
