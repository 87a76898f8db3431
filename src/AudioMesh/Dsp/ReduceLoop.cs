// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using AudioMesh.Realtime;

namespace AudioMesh.Dsp;

/// <summary>The loops of all reductions: two or four chains of whole vectors, then ever narrower ones.</summary>
[RealtimeSafe]
internal static unsafe class ReduceLoop
{
    /// <summary>The reduction of <paramref name="count"/> samples, +0 of none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Run<TReduction>(float* samples, nint count)
        where TReduction : struct, IReduction
    {
        nint i = 0;
        Vector128<float> four = Vector128<float>.Zero;
        if (Vector256.IsHardwareAccelerated)
        {
            Vector256<float> eight = Wide<TReduction>(samples, count, ref i);
            for (; i <= count - 8; i += 8)
            {
                eight = TReduction.Take(eight, Vector256.Load(samples + i));
            }

            four = TReduction.Take(eight.GetLower(), eight.GetUpper());
        }

        if (Vector128.IsHardwareAccelerated)
        {
            for (; i <= count - 4; i += 4)
            {
                four = TReduction.Take(four, Vector128.Load(samples + i));
            }
        }

        float made = TReduction.Take(
            TReduction.Take(four.GetElement(0), four.GetElement(1)), TReduction.Take(four.GetElement(2), four.GetElement(3)));
        for (; i < count; i++)
        {
            made = TReduction.Take(made, samples[i]);
        }

        return made;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Wide<TReduction>(float* samples, nint count, ref nint i)
        where TReduction : struct, IReduction
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Vector512<float> first = Vector512<float>.Zero, second = first;
            for (; i <= count - 32; i += 32)
            {
                first = TReduction.Take(first, Vector512.Load(samples + i));
                second = TReduction.Take(second, Vector512.Load(samples + i + 16));
            }

            first = TReduction.Take(first, second);
            return TReduction.Take(first.GetLower(), first.GetUpper());
        }

        Vector256<float> a = Vector256<float>.Zero, b = a, c = a, d = a;
        for (; i <= count - 32; i += 32)
        {
            a = TReduction.Take(a, Vector256.Load(samples + i));
            b = TReduction.Take(b, Vector256.Load(samples + i + 8));
            c = TReduction.Take(c, Vector256.Load(samples + i + 16));
            d = TReduction.Take(d, Vector256.Load(samples + i + 24));
        }

        return TReduction.Take(TReduction.Take(a, b), TReduction.Take(c, d));
    }
}
