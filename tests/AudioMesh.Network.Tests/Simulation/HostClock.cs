// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Tests.Simulation;

/// <summary>How the monotonic clock of a simulated host runs beside true time. The default is right.</summary>
internal sealed record HostClock
{
    /// <summary>What it shows when the simulation begins.</summary>
    public TimeSpan Offset { get; init; }

    /// <summary>How much too fast it is, parts per million.</summary>
    public double Ppm { get; init; }

    /// <summary>Its rate walks by up to this much a second, parts per billion.</summary>
    public double WanderPpbPerSecond { get; init; }

    /// <summary>The furthest its rate walks from <see cref="Ppm"/>, parts per million.</summary>
    public double WanderLimitPpm { get; init; } = 1;
}
