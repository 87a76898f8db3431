// SPDX-License-Identifier: MIT
namespace AudioMesh.Clock;

/// <summary>What is known of a source clock before it is measured; the error bounds rest on it.</summary>
public sealed record ClockEstimatorOptions
{
    /// <summary>Ticks per second as the source claims, 0.01 to 1e11.</summary>
    public required double NominalHz { get; init; }

    /// <summary>Width of the source's counter, 8 to 64 bits; it wraps around beyond.</summary>
    public int CounterBits { get; init; } = 64;

    /// <summary>The most the source is off its claim, parts per million, 0 to 100,000.</summary>
    public double MaxSkewPpm { get; init; } = 500;

    /// <summary>The fastest its rate changes (temperature), parts per billion a second, 0 to 100,000.</summary>
    public double MaxWanderPpbPerSecond { get; init; } = 10;

    /// <summary>How far back observations count, and how long a map holds after the last one; nanoseconds, 1 ms to 1 h.</summary>
    public long WindowNs { get; init; } = 30_000_000_000;

    /// <summary>Throws <see cref="AudioMeshException"/> (InvalidArgument, naming field and range) when a value is out of range.</summary>
    public void Validate()
    {
        Check(NominalHz is >= 0.01 and <= 1e11, "nominal_hz", NominalHz, "0.01..1e11");
        Check(CounterBits is >= 8 and <= 64, "counter_bits", CounterBits, "8..64");
        Check(MaxSkewPpm is >= 0 and <= 100_000, "max_skew_ppm", MaxSkewPpm, "0..100000");
        Check(MaxWanderPpbPerSecond is >= 0 and <= 100_000, "max_wander_ppb_per_second", MaxWanderPpbPerSecond, "0..100000");
        Check(WindowNs is >= 1_000_000 and <= 3_600_000_000_000, "window_ns", WindowNs, "1e6..3.6e12");
    }

    private static void Check(bool holds, string field, double value, string allowed)
    {
        if (!holds)
        {
            throw new AudioMeshException(AudioErrorKind.InvalidArgument, $"{field} {value} is out of range: {allowed}.")
            {
                Field = field,
                Allowed = allowed,
            };
        }
    }
}
