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

    /// <summary>What else was counted.</summary>
    public IReadOnlyList<RunCount> Counts { get; init; } = [];

    /// <summary>The way of the sound, hop by hop, where that is told.</summary>
    public IReadOnlyList<RunHop> Hops { get; init; } = [];
}
