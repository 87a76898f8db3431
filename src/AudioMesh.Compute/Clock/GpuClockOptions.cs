// SPDX-License-Identifier: MIT
using AudioMesh.Clock;

namespace AudioMesh.Compute.Clock;

/// <summary>What is known of a device's clock before it is read; the error bounds of <see cref="GpuClock"/> rest on it.</summary>
public sealed record GpuClockOptions
{
    /// <summary>The most the clock is off what its driver says, parts per million, 0 to 100,000.</summary>
    public double MaxSkewPpm { get; init; } = 500;

    /// <summary>The fastest its rate changes (temperature), parts per billion a second, 0 to 100,000.</summary>
    public double MaxWanderPpbPerSecond { get; init; } = 10;

    /// <summary>How far back samples count, and how long a map holds after the last one, 1 ms to 1 h.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromSeconds(30);

    internal ClockEstimatorOptions ToEstimatorOptions(double nominalHz, int counterBits) => new()
    {
        NominalHz = nominalHz,
        CounterBits = counterBits,
        MaxSkewPpm = MaxSkewPpm,
        MaxWanderPpbPerSecond = MaxWanderPpbPerSecond,
        WindowNs = Window.Ticks * TimeSpan.NanosecondsPerTick,
    };
}
