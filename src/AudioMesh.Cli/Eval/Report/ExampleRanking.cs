// SPDX-License-Identifier: MIT
using AudioMesh.Cli.Eval.Results;

namespace AudioMesh.Cli.Eval.Report;

/// <summary>Which gaps are worth a look: the worst of all clips, and the median ones spread from the best clip to the worst.</summary>
internal static class ExampleRanking
{
    private const int MostOfAKind = 4;

    public static IReadOnlyList<GapExample> Choose(IReadOnlyList<GapExample> examples)
    {
        GapExample[] worst = [.. examples.Where(example => example.Why == "worst").OrderByDescending(Judge)];
        GapExample[] others = [.. examples.Where(example => example.Why != "worst").OrderByDescending(Judge)];
        int spread = Math.Min(MostOfAKind, others.Length);
        return [.. worst.Take(MostOfAKind), .. Enumerable.Range(0, spread).Select(place => others[((2 * place) + 1) * others.Length / (2 * spread)])];
    }

    /// <summary>The mean error over the lengths, of the method by which the gap was chosen.</summary>
    public static double Judge(GapExample example) =>
        example.Fills.First(fill => fill.Method == example.Judged).ErrorDb.Average() ?? double.NegativeInfinity;
}
