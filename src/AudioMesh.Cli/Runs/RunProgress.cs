// SPDX-License-Identifier: MIT
namespace AudioMesh.Cli.Runs;

/// <summary>How a run stands.</summary>
internal sealed record RunProgress
{
    public required double PositionSeconds { get; init; }

    public double? LengthSeconds { get; init; }

    public required IReadOnlyList<double> PeakDb { get; init; }

    public required IReadOnlyList<double> RmsDb { get; init; }

    public required EngineStats Stats { get; init; }

    public required long Underruns { get; init; }
}
