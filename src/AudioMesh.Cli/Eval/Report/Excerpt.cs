// SPDX-License-Identifier: MIT
using AudioMesh.Cli.Eval.Results;

namespace AudioMesh.Cli.Eval.Report;

/// <summary>Frames of a gap's excerpts.</summary>
/// <param name="Start">The first.</param>
/// <param name="Frames">How many.</param>
/// <param name="GapStart">The first lost frame, counted from <paramref name="Start"/>.</param>
/// <param name="GapFrames">How many were lost.</param>
internal sealed record Excerpt(int Start, int Frames, int GapStart, int GapFrames)
{
    /// <summary>From so many frames before the gap to so many after it, or what there is of them.</summary>
    public static Excerpt Around(GapExample example, int before, int after) =>
        Around(example.LeadFrames, example.GapFrames, before, after, example.Reference.Length);

    /// <summary>The same in other samples than an example's.</summary>
    public static Excerpt Around(int gapStart, int gapFrames, int before, int after, int available)
    {
        int start = Math.Max(0, gapStart - before);
        return new Excerpt(start, Math.Min(available, gapStart + gapFrames + after) - start, gapStart - start, gapFrames);
    }

    public ReadOnlySpan<float> Of(float[] samples) => samples.AsSpan(Start, Frames);
}
