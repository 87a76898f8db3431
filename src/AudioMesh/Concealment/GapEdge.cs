// SPDX-License-Identifier: MIT
using AudioMesh.Realtime;

namespace AudioMesh.Concealment;

/// <summary>
/// Where a fill would set off more sharply than anything that was just heard, as after a note that has ended, it sets off smoothly: what was heard goes on,
/// turned about its last sample, and fades into the fill.
/// </summary>
[RealtimeSafe]
internal static class GapEdge
{
    /// <summary>Samples beside the gap that it looks at.</summary>
    public const int Samples = 66;

    private const int FadeFrames = 32;
    private const int EdgeFrames = 3;
    private const float MostExcess = 1.41f;

    /// <param name="heard">The samples before the gap, the newest last; fewer than three say nothing.</param>
    /// <param name="fill">The fill.</param>
    public static void SmoothBeginning(ReadOnlySpan<float> heard, Span<float> fill)
    {
        if (fill.Length < EdgeFrames || heard.Length < EdgeFrames || SharpestAcross(heard[^2], heard[^1], fill[..EdgeFrames]) <= MostExcess * SharpestOf(heard))
        {
            return;
        }

        int frames = Math.Min(Math.Min(FadeFrames, fill.Length), heard.Length - 1);
        for (int i = 0; i < frames; i++)
        {
            float onwards = (2 * heard[^1]) - heard[^(i + 2)];
            fill[i] = onwards + (FadeLaw.Smooth((i + 1f) / (frames + 1)) * (fill[i] - onwards));
        }
    }

    /// <summary>The same at the end of a fill.</summary>
    /// <param name="later">The samples behind the gap, the first first; fewer than three say nothing.</param>
    /// <param name="fill">The fill.</param>
    public static void SmoothEnd(ReadOnlySpan<float> later, Span<float> fill)
    {
        Span<float> backwards = stackalloc float[Samples];
        backwards = backwards[..Math.Min(later.Length, Samples)];
        later[..backwards.Length].CopyTo(backwards);
        backwards.Reverse();
        fill.Reverse();
        SmoothBeginning(backwards, fill);
        fill.Reverse();
    }

    private static float SharpestOf(ReadOnlySpan<float> samples) => SharpestAcross(samples[0], samples[1], samples[2..]);

    /// <summary>The largest second difference.</summary>
    private static float SharpestAcross(float beforeLast, float last, ReadOnlySpan<float> next)
    {
        float sharpest = 0;
        foreach (float sample in next)
        {
            sharpest = Math.Max(sharpest, Math.Abs(beforeLast - (2 * last) + sample));
            (beforeLast, last) = (last, sample);
        }

        return sharpest;
    }
}
