// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Stems;

/// <summary>A take that was brought to mesh time.</summary>
public sealed record CollectedStem
{
    /// <summary>The stem's file.</summary>
    public required string Path { get; init; }

    /// <summary>The sidecar it was made by.</summary>
    public required string SidecarPath { get; init; }

    /// <summary>The take's name.</summary>
    public required string Name { get; init; }

    /// <summary>Who recorded it.</summary>
    public required string Host { get; init; }

    /// <summary>Channels.</summary>
    public required int Channels { get; init; }

    /// <summary>Frames of silence before the take begins.</summary>
    public required long StartFrame { get; init; }

    /// <summary>The take's own frames in the stem.</summary>
    public required long Frames { get; init; }

    /// <summary>How much faster than nominal the host's device ran against mesh time, on the whole, parts per million.</summary>
    public required double DriftPpm { get; init; }

    /// <summary>The largest bound of its clock map, nanoseconds.</summary>
    public required double ErrorNs { get; init; }

    /// <summary>Whether the recorder was killed: the take ends with what was on the disk.</summary>
    public required bool IsCut { get; init; }

    /// <summary>Its dropouts.</summary>
    public required IReadOnlyList<StemDropout> Dropouts { get; init; }
}
