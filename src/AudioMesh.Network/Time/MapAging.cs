// SPDX-License-Identifier: MIT
using AudioMesh.Clock;

namespace AudioMesh.Network.Time;

/// <summary>What a map between two hosts' clocks is still worth some time after it was made.</summary>
internal static class MapAging
{
    /// <summary>For so long the bounds of a map that was just made hold as they are.</summary>
    public const long WindowNs = 30_000_000_000;

    private const double Wander = PeerClock.MaxWanderPpbPerSecond * 1e-18;
    private const double Skew = PeerClock.MaxSkewPpm * 1e-6;
    private const double RoundingNs = 2;

    /// <summary>
    /// The map with its origin moved to <paramref name="hostNow"/> and bounds that hold for the window after. Beyond the first window the rate wanders on: away² / 2, of
    /// which away * window / 2 is in the bound already. But no rate leaves the skew, so no bound grows faster than that of two hosts each.
    /// </summary>
    public static ClockMap At(ClockMap map, MeshTime hostNow)
    {
        double awayNs = Math.Abs((double)(hostNow.Nanoseconds - map.SourceOrigin));
        double beyondNs = Math.Max(0, awayNs - WindowNs);
        MeshTime meshNow = map.ToMesh(hostNow.Nanoseconds);
        double wanderedNs = map.ErrorAt(meshNow) + (Wander * awayNs * beyondNs / 2);
        double skewedNs = map.ErrorNs + (4 * Skew * awayNs);
        double rateError = Math.Min(map.RateError + (Wander * beyondNs), Math.Max(map.RateError, 4 * Skew));
        return new ClockMap(hostNow.Nanoseconds, meshNow, map.Rate, Math.Min(wanderedNs, skewedNs) + RoundingNs, rateError);
    }
}
