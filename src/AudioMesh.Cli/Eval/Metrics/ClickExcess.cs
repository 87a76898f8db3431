// SPDX-License-Identifier: MIT
namespace AudioMesh.Cli.Eval.Metrics;

/// <summary>How far the edge of a gap stands out: the second difference within 3 frames of it above that of the music within 63.</summary>
internal static class ClickExcess
{
    private const int NearFrames = 3;
    private const int AroundFrames = 63;
    private const double SoftestDifference = 1e-6;

    /// <summary>Decibels, 0 or more, of an edge before frame <paramref name="edge"/>.</summary>
    public static double Db(float[] heard, float[] reference, int edge)
    {
        double click = SharpestBend(heard, edge - NearFrames, edge + NearFrames);
        double music = SharpestBend(reference, edge - AroundFrames, edge + AroundFrames);
        return Math.Max(0, 20 * Math.Log10(Math.Max(click, SoftestDifference) / Math.Max(music, SoftestDifference)));
    }

    private static double SharpestBend(float[] samples, int first, int last)
    {
        double sharpest = 0;
        for (int n = Math.Max(first, 1); n <= Math.Min(last, samples.Length - 2); n++)
        {
            sharpest = Math.Max(sharpest, Math.Abs((double)samples[n - 1] - (2.0 * samples[n]) + samples[n + 1]));
        }

        return sharpest;
    }
}
