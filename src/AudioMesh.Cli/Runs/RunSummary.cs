// SPDX-License-Identifier: MIT
namespace AudioMesh.Cli.Runs;

/// <summary>What a run came to.</summary>
internal sealed record RunSummary
{
    /// <summary><c>play</c>, <c>record</c>, <c>tone</c>, <c>jdat</c>, <c>send</c> or <c>receive</c>.</summary>
    public required string Action { get; init; }

    /// <summary>The file played or recorded.</summary>
    public string? Path { get; init; }

    public required RunEnd End { get; init; }

    /// <summary>Frames rendered, or written to the file recorded.</summary>
    public required long Frames { get; init; }

    public required EngineStats Stats { get; init; }

    public required long Underruns { get; init; }

    /// <summary>Frames that the disk was too slow for.</summary>
    public long LostFrames { get; init; }

    /// <summary>What else was counted.</summary>
    public IReadOnlyList<RunCount> Counts { get; init; } = [];

    /// <summary>The way of the sound, hop by hop, where that is told.</summary>
    public IReadOnlyList<RunHop> Hops { get; init; } = [];
}
