// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Jdat;

/// <summary>The words of JDAT lines.</summary>
internal static class JdatFormat
{
    public const int MaxSessionIdLength = 128;

    /// <summary>Containers within one another, the line's own object counted.</summary>
    public const int MaxDepth = 8;

    /// <summary>Times lie within half the range of a long, so that differences of two cannot overflow.</summary>
    public const long MaxTime = long.MaxValue / 2;

    /// <summary>Whether a time may be written so.</summary>
    public static bool IsTime(long nanoseconds) => nanoseconds is >= -MaxTime and <= MaxTime;

    public static ReadOnlySpan<byte> Version => "jamnet/1.0"u8;
}
