// SPDX-License-Identifier: MIT
namespace AudioMesh.Clock;

/// <summary>A number of sample frames (one sample per channel), or a position counted in them.</summary>
public readonly record struct FrameCount(long Value)
{
    /// <summary>The time this many frames take at <paramref name="rate"/> frames per second, in nanoseconds, rounded to nearest.</summary>
    public long ToNanoseconds(int rate) => (long)Math.Round(Value * (1e9 / rate));

    /// <summary>The frames that fit into <paramref name="nanoseconds"/> at <paramref name="rate"/> frames per second, rounded to nearest.</summary>
    public static FrameCount FromNanoseconds(long nanoseconds, int rate) => new((long)Math.Round(nanoseconds * (rate / 1e9)));
}
