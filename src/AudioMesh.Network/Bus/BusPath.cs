// SPDX-License-Identifier: MIT
using AudioMesh.Clock;

namespace AudioMesh.Network.Bus;

/// <summary>How long a path takes and how much it carries: round trips as RFC 6298 measures them, and as many segments on the way as arrive (RFC 5681, per segment).</summary>
internal sealed class BusPath(int mostSegments)
{
    private const long FirstTimeoutNs = 200_000_000;
    private const long LeastTimeoutNs = 20_000_000;
    private const long MostTimeoutNs = 2_000_000_000;
    private const double LeastSegments = 4;

    private double _segments = mostSegments / 2.0;
    private double _roundTripNs;
    private double _variationNs;

    public int Segments => (int)_segments;

    public long TimeoutNs(int sendings)
    {
        double once = _roundTripNs > 0 ? Math.Max(LeastTimeoutNs, _roundTripNs + (4 * _variationNs)) : FirstTimeoutNs;
        return (long)Math.Min(MostTimeoutNs, once * (1L << Math.Min(sendings - 1, 10)));
    }

    public void Acknowledged(BusSegment segment, MeshTime now)
    {
        _segments = Math.Min(mostSegments, _segments + (1 / _segments) + 0.1);
        long tookNs = now - segment.SentAt;
        if (segment.Sendings != 1 || tookNs < 0)
        {
            return; // Karn and Partridge: which sending was acknowledged is not known
        }

        _variationNs = _roundTripNs > 0 ? (0.75 * _variationNs) + (0.25 * Math.Abs(_roundTripNs - tookNs)) : tookNs / 2.0;
        _roundTripNs = _roundTripNs > 0 ? (0.875 * _roundTripNs) + (0.125 * tookNs) : tookNs;
    }

    public void TimedOut() => _segments = Math.Max(LeastSegments, _segments / 2);
}
