// SPDX-License-Identifier: MIT
using AudioMesh.Cli.Eval.Metrics;
using AudioMesh.Cli.Eval.Results;

namespace AudioMesh.Cli.Eval.Trials;

/// <summary>
/// Fills single gaps in a clip with every method. The stream before a gap is whole; a fork fills the gap and goes on with what follows, and the stream goes
/// on as if nothing had been lost.
/// </summary>
internal static class IsolatedTrial
{
    /// <summary>How many frames of a gap are judged.</summary>
    public static IReadOnlyList<int> Lengths { get; } = [64, 128, 256, 512, 1024, 2880];

    public static (ClipGaps Gaps, IReadOnlyList<GapExample> Examples) Run(EvalPlan plan, Clip clip, IReadOnlyList<OutputLog> logs)
    {
        GapPlaces places = GapPlaces.Choose(clip, plan, Lengths[^1]);
        GapRun[] runs = [.. plan.Methods.Zip(logs, (method, log) => GapRun.Play(method, clip, places, Lengths, log))];
        ClipGaps gaps = new(clip.Name, places.Starts, [.. runs.Select(Summarise)]);
        return (gaps, new ExampleChoice(clip, places, runs).Choose());
    }

    private static MethodGaps Summarise(GapRun run) =>
        new(run.Method.Name, [.. Lengths.Select((_, length) => GapError.Summarise(run.ErrorsDb.Select(gap => gap[length])))]);
}
