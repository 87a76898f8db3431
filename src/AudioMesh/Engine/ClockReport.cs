// SPDX-License-Identifier: MIT
using AudioMesh.Clock;

namespace AudioMesh.Engine;

/// <summary>Where the device's clock stands to the others: which frame leaves the device now, and how fast they come.</summary>
public readonly record struct ClockReport()
{
    /// <summary>The frame that leaves the device at <see cref="Mesh"/>, counted since the engine's creation.</summary>
    public FrameCount Frame { get; init; }

    /// <summary>When that is, in mesh time.</summary>
    public MeshTime Mesh { get; init; }

    /// <summary>The same moment by the system's wall clock, nanoseconds since 1970.</summary>
    public long SystemNs { get; init; }

    /// <summary>Frames per second as the device claims; 0 without a device.</summary>
    public int NominalRate { get; init; }

    /// <summary>Frames per second of mesh time, as measured; nominal until then.</summary>
    public double Rate { get; init; }

    /// <summary>How much faster than nominal that is, parts per million.</summary>
    public double Ppm { get; init; }

    /// <summary>The same against the system's wall clock.</summary>
    public double SystemPpm { get; init; }

    /// <summary>How far <see cref="Ppm"/> may be off; not a number while nothing is measured.</summary>
    public double PpmError { get; init; } = double.NaN;

    /// <summary>Whether the device's clock is known to less than a period.</summary>
    public bool IsLocked { get; init; }

    /// <summary>How far the device's clock may be from where it is taken to be at <see cref="Mesh"/>, nanoseconds; not a number while nothing is measured.</summary>
    public double ErrorNs { get; init; } = double.NaN;
}
