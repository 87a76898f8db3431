// SPDX-License-Identifier: MIT
using System.Runtime.Intrinsics;

namespace AudioMesh.Cli.Eval.Rivals;

/// <summary>Finds after how many samples a signal looks most like its end.</summary>
internal static class PeriodSearch
{
    /// <summary>The lag from <paramref name="shortest"/> to <paramref name="longest"/> with the largest normalised correlation of the last samples.</summary>
    public static int Find(ReadOnlySpan<float> past, int template, int shortest, int longest)
    {
        ReadOnlySpan<float> end = past[^template..];
        int best = shortest;
        double most = double.NegativeInfinity;
        for (int lag = shortest; lag <= longest; lag++)
        {
            ReadOnlySpan<float> earlier = past.Slice(past.Length - template - lag, template);
            double correlation = Product(end, earlier) / Math.Sqrt(Product(earlier, earlier) + 1e-9);
            if (correlation > most)
            {
                (best, most) = (lag, correlation);
            }
        }

        return best;
    }

    private static float Product(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        Vector256<float> sums = Vector256<float>.Zero;
        int n = 0;
        for (; n <= a.Length - Vector256<float>.Count; n += Vector256<float>.Count)
        {
            sums += Vector256.Create(a[n..]) * Vector256.Create(b[n..]);
        }

        float sum = Vector256.Sum(sums);
        for (; n < a.Length; n++)
        {
            sum += a[n] * b[n];
        }

        return sum;
    }
}
