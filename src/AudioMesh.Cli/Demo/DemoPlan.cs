// SPDX-License-Identifier: MIT
using AudioMesh.Cli.Runs;
using AudioMesh.Network.Impairment;

namespace AudioMesh.Cli.Demo;

/// <summary>What is to be shown.</summary>
internal sealed record DemoPlan
{
    /// <summary>The recording.</summary>
    public required string Path { get; init; }

    /// <summary>What people know it by.</summary>
    public required string Name { get; init; }

    public required double Seconds { get; init; }

    public required string Preset { get; init; }

    public required int Seed { get; init; }

    /// <summary>How long packets may wait, milliseconds.</summary>
    public required (double LeastMs, double MostMs) Depth { get; init; }

    public required DeviceWish Device { get; init; }

    /// <summary>The link, each way.</summary>
    public ImpairmentOptions Link => ImpairmentPresets.Find(Preset);
}
