// SPDX-License-Identifier: MIT
using AudioMesh.Clock;

namespace AudioMesh.Network.Time;

/// <summary>The delays of the last exchanges. The least round trip is kept longer, so that a queue that never empties is still seen as one.</summary>
internal sealed class PathWindow
{
    private const int Capacity = 128;
    private const long GenerationNs = 600_000_000_000;

    /// <summary>Waiting is nothing to speak of below this.</summary>
    private const long LeastQueueNs = 500_000;

    private readonly long[] _roundTrips = new long[Capacity];
    private readonly long[] _there = new long[Capacity];
    private readonly long[] _back = new long[Capacity];
    private int _count;
    private int _next;
    private long _leastNs = long.MaxValue;
    private long _leastBeforeNs = long.MaxValue;
    private MeshTime _generation = MeshTime.Unknown;

    /// <summary>Takes an exchange, and the estimate of host time to the peer's, by which its two ways are told apart.</summary>
    public void Add(in SyncExchange exchange, ClockMap map)
    {
        _roundTrips[_next] = Math.Max(0, exchange.RoundTripNs);
        _there[_next] = exchange.PeerReceived - map.ToMesh(exchange.Sent.Nanoseconds);
        _back[_next] = map.ToMesh(exchange.Received.Nanoseconds) - exchange.PeerSent;
        if (!_generation.IsKnown || exchange.Received - _generation > GenerationNs)
        {
            _generation = exchange.Received;
            _leastBeforeNs = _leastNs;
            _leastNs = long.MaxValue;
        }

        _leastNs = Math.Min(_leastNs, _roundTrips[_next]);
        _next = (_next + 1) % Capacity;
        _count = Math.Min(_count + 1, Capacity);
    }

    public void Forget()
    {
        _count = _next = 0;
        _leastNs = _leastBeforeNs = long.MaxValue;
        _generation = MeshTime.Unknown;
    }

    public PathFacts Facts()
    {
        if (_count == 0)
        {
            return default;
        }

        Span<long> sorted = stackalloc long[Capacity];
        sorted = sorted[.._count];
        long thereNs = MedianAboveLeast(_there, sorted);
        long backNs = MedianAboveLeast(_back, sorted);
        _roundTrips.AsSpan(0, _count).CopyTo(sorted);
        sorted.Sort();
        long minNs = Math.Min(_leastNs, _leastBeforeNs), medianNs = sorted[_count / 2], p99Ns = sorted[(_count - 1) * 99 / 100];
        long wellAbove = Math.Max(LeastQueueNs, minNs / 2);
        return new PathFacts(
            minNs, medianNs, p99Ns, Jitter(), thereNs, backNs, medianNs - minNs > wellAbove, Math.Abs(thereNs - backNs) > wellAbove);
    }

    private long MedianAboveLeast(long[] delays, Span<long> sorted)
    {
        delays.AsSpan(0, _count).CopyTo(sorted);
        sorted.Sort();
        return sorted[_count / 2] - sorted[0];
    }

    private long Jitter()
    {
        long sum = 0;
        int oldest = _count < Capacity ? 0 : _next;
        for (int i = 1; i < _count; i++)
        {
            sum += Math.Abs(_roundTrips[(oldest + i) % Capacity] - _roundTrips[(oldest + i - 1) % Capacity]);
        }

        return _count > 1 ? sum / (_count - 1) : 0;
    }
}
