// SPDX-License-Identifier: MIT
namespace AudioMesh.Clock;

/// <summary>A number of sample frames (one sample per channel), or a position counted in them.</summary>
public readonly record struct FrameCount(long Value)
{
    private const long NanosecondsPerSecond = 1_000_000_000;

    /// <summary>The time this many frames take at <paramref name="rate"/> frames per second, in nanoseconds, rounded to nearest; exact for centuries.</summary>
    public long ToNanoseconds(int rate) => Scale(Value, NanosecondsPerSecond, rate);

    /// <summary>The frames that fit into <paramref name="nanoseconds"/> at <paramref name="rate"/> frames per second, rounded to nearest.</summary>
    public static FrameCount FromNanoseconds(long nanoseconds, int rate) => new(Scale(nanoseconds, rate, NanosecondsPerSecond));

    private static long Scale(long value, long numerator, long denominator)
    {
        Int128 product = (Int128)value * numerator;
        long half = denominator / 2;
        return (long)((product + (value < 0 ? -half : half)) / denominator);
    }
}
