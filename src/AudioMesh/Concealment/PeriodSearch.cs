// SPDX-License-Identifier: MIT
namespace AudioMesh.Concealment;

/// <summary>Finds after how many samples a sound repeats itself: the largest normalised correlation, first of sums of four samples, then of samples.</summary>
internal sealed class PeriodSearch
{
    /// <summary>Samples it looks at.</summary>
    public const int Samples = Window + Longest;

    /// <summary>The longest period.</summary>
    public const int Longest = 1024;

    private const int Window = 1024;
    private const int Shortest = 96;
    private const int Coarse = 4;

    private readonly float[] _coarse = new float[Samples / Coarse];

    /// <summary>The period of the newest of <see cref="Samples"/> samples; 0 where there is none.</summary>
    public int Find(ReadOnlySpan<float> samples)
    {
        for (int i = 0; i < _coarse.Length; i++)
        {
            ReadOnlySpan<float> four = samples.Slice(Coarse * i, Coarse);
            _coarse[i] = (four[0] + four[1]) + (four[2] + four[3]);
        }

        int coarse = Best(_coarse, Window / Coarse, Shortest / Coarse, Longest / Coarse) * Coarse;
        return coarse == 0 ? 0 : Best(samples, Window, Math.Max(Shortest, coarse - Coarse), Math.Min(Longest, coarse + Coarse));
    }

    private static int Best(ReadOnlySpan<float> samples, int window, int shortest, int longest)
    {
        ReadOnlySpan<float> newest = samples[^window..];
        int best = 0;
        float most = 0;
        for (int period = shortest; period <= longest; period++)
        {
            ReadOnlySpan<float> before = samples.Slice(samples.Length - window - period, window);
            float correlation = LaneSums.Products(newest, before);
            float score = correlation * correlation / LaneSums.Squares(before);
            if (correlation > 0 && score > most)
            {
                (best, most) = (period, score);
            }
        }

        return best;
    }
}
