// SPDX-License-Identifier: MIT
using AudioMesh.Cli.Eval.Results;

namespace AudioMesh.Cli.Eval.Trials;

/// <summary>Chooses gaps of a clip to look at: the worst and the median one, by the mean error over the lengths.</summary>
internal sealed class ExampleChoice(Clip clip, GapPlaces places, IReadOnlyList<GapRun> runs)
{
    private const string JudgedFirst = "pnbtr";
    private const int AroundFrames = 4096;

    private readonly GapRun _judged = runs.FirstOrDefault(run => run.Method.Name == JudgedFirst) ?? runs[^1];

    /// <summary>None where no gap counted.</summary>
    public IReadOnlyList<GapExample> Choose()
    {
        int[] ranked = [.. Enumerable.Range(0, places.Starts.Count)
            .Where(gap => _judged.ErrorsDb[gap].All(error => error is not null))
            .OrderBy(gap => _judged.ErrorsDb[gap].Average())];
        return ranked.Length > 0 ? [Cut(ranked[^1], "worst"), Cut(ranked[(ranked.Length - 1) / 2], "median")] : [];
    }

    private GapExample Cut(int gap, string why)
    {
        int start = places.Starts[gap];
        int gapFrames = places.GapPackets * places.PacketFrames;
        Range excerpt = (start - AroundFrames)..Math.Min(start + gapFrames + AroundFrames, clip.Samples.Length);
        return new GapExample(
            clip.Name,
            why,
            _judged.Method.Name,
            clip.Rate,
            start,
            AroundFrames,
            gapFrames,
            clip.Samples[excerpt],
            [.. runs.Select(run => new GapFill(run.Method.Name, Heard(run), run.ErrorsDb[gap]))]);

        float[] Heard(GapRun run)
        {
            float[] heard = clip.Samples[excerpt];
            run.Fills[gap].CopyTo(heard, AroundFrames);
            return heard;
        }
    }
}
