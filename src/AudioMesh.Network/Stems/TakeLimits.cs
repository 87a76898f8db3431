// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Stems;

/// <summary>What a sidecar may hold: numbers from outside are held against these.</summary>
internal static class TakeLimits
{
    public const int MostBytes = 256 << 20;
    public const int MostLineBytes = 4096;
    public const int MostTextChars = 255;

    /// <summary>A week at one a second.</summary>
    public const int MostPoints = 604_800;

    public const int MostDropouts = 1_000_000;

    /// <summary>A week.</summary>
    public const long MostSeconds = 604_800;

    /// <summary>73 years: sums of a few stay within 64 bits.</summary>
    public const long MostNs = long.MaxValue / 4;

    public const double MostErrorNs = 60e9;

    /// <summary>No sound device is as far from its rate: points that say so are wrong.</summary>
    public const double MostPpm = 20_000;

    /// <summary>The same from the first point to the second.</summary>
    public const double MostFirstPpm = 500_000;

    /// <summary>How long a take may go on behind the last point of its clock map.</summary>
    public const int MostTailSeconds = 10;
}
