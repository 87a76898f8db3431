// SPDX-License-Identifier: MIT
using AudioMesh.Cli.Eval;
using AudioMesh.Cli.Eval.Losses;
using AudioMesh.Cli.Eval.Metrics;
using AudioMesh.Cli.Eval.Results;

namespace AudioMesh.Cli.Demo.Judging;

/// <summary>Gaps worth a look: those that prediction filled worst, and ordinary ones.</summary>
internal static class DemoExamples
{
    private const int Worst = 3;
    private const int Ordinary = 2;
    private const int AroundFrames = 4096;
    private const int LeastLeadFrames = 1024;
    private const string Judged = "pnbtr";

    public static IReadOnlyList<GapExample> Choose(Clip reference, LossTrace trace, IReadOnlyList<(string Method, float[] Heard)> heard)
    {
        float[] judged = heard.First(method => method.Method == Judged).Heard;
        Range[] ranked =
        [
            .. trace.Gaps.Where(gap => gap.Start.Value >= LeastLeadFrames && GapError.Counts(reference.Samples.AsSpan(gap)))
                .OrderByDescending(gap => GapError.Db(judged.AsSpan(gap), reference.Samples.AsSpan(gap))),
        ];
        Range[] worst = [.. ranked.Take(Worst)];
        Range[] ordinary = [.. ranked.Skip(Math.Max(Worst, (ranked.Length - Ordinary) / 2)).Take(Ordinary)];
        return
        [
            .. worst.Select(gap => Example(reference, heard, gap, "worst")),
            .. ordinary.Select(gap => Example(reference, heard, gap, "median")),
        ];
    }

    private static GapExample Example(Clip reference, IReadOnlyList<(string Method, float[] Heard)> heard, Range gap, string why)
    {
        int start = gap.Start.Value;
        int frames = gap.End.Value - start;
        int from = Math.Max(0, start - AroundFrames);
        Range around = from..Math.Min(reference.Samples.Length, start + frames + AroundFrames);
        return new GapExample(reference.Name, why, Judged, reference.Rate, start, start - from, frames, reference.Samples[around],
            [.. heard.Select(method => new GapFill(method.Method, method.Heard[around], [GapError.Db(method.Heard.AsSpan(gap), reference.Samples.AsSpan(gap))]))]);
    }
}
