// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using AudioMesh.Realtime;

namespace AudioMesh.Dsp;

/// <summary>
/// The root-mean-square meter. Squares are summed in double precision in sixteen sums, sample i in sum i % 16, and these in pairs 8, 4, 2 and
/// 1 apart, so that the result is the same, bit for bit, whatever the vector width. Any thread.
/// </summary>
[RealtimeSafe]
public static unsafe class Rms
{
    private const int Sums = 16;

    /// <summary>The root of the mean square, full scale 1; NaN counts as 0, an empty span has 0.</summary>
    public static float Measure(ReadOnlySpan<float> samples)
    {
        if (samples.IsEmpty)
        {
            return 0;
        }

        double* sums = stackalloc double[Sums];
        fixed (float* first = samples)
        {
            int i = Vector256.IsHardwareAccelerated ? AddWide(first, samples.Length, sums) : AddNarrow(first, samples.Length, sums);
            for (; i < samples.Length; i++)
            {
                double sample = float.IsNaN(first[i]) ? 0 : first[i];
                sums[i % Sums] += sample * sample;
            }
        }

        for (int apart = Sums / 2; apart > 0; apart /= 2)
        {
            for (int i = 0; i < apart; i++)
            {
                sums[i] += sums[i + apart];
            }
        }

        return (float)Math.Sqrt(sums[0] / samples.Length);
    }

    private static int AddWide(float* samples, int count, double* sums)
    {
        Vector256<double> a = Vector256<double>.Zero, b = a, c = a, d = a;
        int i = 0;
        for (; i <= count - Sums; i += Sums)
        {
            a += Squares256(samples + i);
            b += Squares256(samples + i + 4);
            c += Squares256(samples + i + 8);
            d += Squares256(samples + i + 12);
        }

        a.Store(sums);
        b.Store(sums + 4);
        c.Store(sums + 8);
        d.Store(sums + 12);
        return i;
    }

    private static int AddNarrow(float* samples, int count, double* sums)
    {
        int i = 0;
        for (; i <= count - Sums; i += Sums)
        {
            for (int pair = 0; pair < Sums; pair += 4)
            {
                Vector128<float> numbers = Numbers(samples + i + pair);
                Vector128<double> low = Vector128.WidenLower(numbers);
                Vector128<double> high = Vector128.WidenUpper(numbers);
                (Vector128.Load(sums + pair) + (low * low)).Store(sums + pair);
                (Vector128.Load(sums + pair + 2) + (high * high)).Store(sums + pair + 2);
            }
        }

        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Squares256(float* samples)
    {
        Vector256<double> wide = Avx.ConvertToVector256Double(Numbers(samples));
        return wide * wide;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Numbers(float* samples)
    {
        Vector128<float> loaded = Vector128.Load(samples);
        return loaded & Vector128.Equals(loaded, loaded);
    }
}
