// SPDX-License-Identifier: MIT
namespace AudioMesh.Cli.Eval.Results;

/// <summary>Everything that an evaluation came to. Lists of methods are in the same order everywhere.</summary>
internal sealed record EvalResult
{
    public required EvalPlan Plan { get; init; }

    public required IReadOnlyList<Clip> Clips { get; init; }

    public required IReadOnlyList<SkippedClip> Skipped { get; init; }

    public required IReadOnlyList<MethodSummary> Methods { get; init; }

    /// <summary>Null where no gaps were asked for.</summary>
    public required IsolatedResult? Isolated { get; init; }

    public required IReadOnlyList<StreamResult> Streams { get; init; }
}
