// SPDX-License-Identifier: MIT
using AudioMesh.Cli.Eval.Losses;

namespace AudioMesh.Cli.Eval;

/// <summary>What to evaluate.</summary>
internal sealed record EvalPlan
{
    /// <summary>The folder of the clips.</summary>
    public required string Corpus { get; init; }

    public required IReadOnlyList<ConcealMethod> Methods { get; init; }

    /// <summary>Losses to try, a stream of each clip for each.</summary>
    public required IReadOnlyList<LossScenario> Scenarios { get; init; }

    /// <summary>Single gaps to try in each clip.</summary>
    public required int Gaps { get; init; }

    /// <summary>Frames in the packets of single gaps.</summary>
    public required int PacketFrames { get; init; }

    /// <summary>From it follow the places of all gaps and losses.</summary>
    public required ulong Seed { get; init; }

    /// <summary>The folder into which streams are written to be listened to; null for none.</summary>
    public required string? RenderFolder { get; init; }
}
