// SPDX-License-Identifier: MIT
using System.Numerics;
using System.Runtime.CompilerServices;

namespace AudioMesh.Dsp;

/// <summary>Up to six mixes of two vectors of frames: their sums, a source and a gain fill sixteen registers. For what is narrow or left over.</summary>
internal readonly unsafe struct MixMatrixPairs : IMixMatrixSums
{
    public static int Width => 2 * Vector<float>.Count;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void AddSteady<TRows>(ref readonly MixMatrixGains gains, float* samples, bool isFirst, float* to, nint stride)
        where TRows : IRowCount
    {
        Vector<float> a0 = Vector<float>.Zero, b0 = a0, a1 = a0, b1 = a0, a2 = a0, b2 = a0, a3 = a0, b3 = a0, a4 = a0, b4 = a0, a5 = a0, b5 = a0;
        if (!isFirst)
        {
            Load<TRows, OneRow>(to, ref a0, ref b0);
            Load<TRows, TwoRows>(to + stride, ref a1, ref b1);
            Load<TRows, ThreeRows>(to + (2 * stride), ref a2, ref b2);
            Load<TRows, FourRows>(to + (3 * stride), ref a3, ref b3);
            Load<TRows, FiveRows>(to + (4 * stride), ref a4, ref b4);
            Load<TRows, SixRows>(to + (5 * stride), ref a5, ref b5);
        }

        nint row = gains.Stride;
        long* place = gains.Places;
        long* end = place + gains.HeardCount;
        float* fourth = gains.Firsts + (3 * row);
        for (float* first = gains.Firsts; place < end; place++, first++, fourth++)
        {
            float* source = (float*)((byte*)samples + *place);
            Vector<float> a = Vector.Load(source);
            Vector<float> b = Vector.Load(source + Vector<float>.Count);
            Add<TRows, OneRow>(first, a, b, ref a0, ref b0);
            Add<TRows, TwoRows>(first + row, a, b, ref a1, ref b1);
            Add<TRows, ThreeRows>(first + (2 * row), a, b, ref a2, ref b2);
            Add<TRows, FourRows>(fourth, a, b, ref a3, ref b3);
            Add<TRows, FiveRows>(fourth + row, a, b, ref a4, ref b4);
            Add<TRows, SixRows>(fourth + (2 * row), a, b, ref a5, ref b5);
        }

        Store<TRows, OneRow>(a0, b0, to);
        Store<TRows, TwoRows>(a1, b1, to + stride);
        Store<TRows, ThreeRows>(a2, b2, to + (2 * stride));
        Store<TRows, FourRows>(a3, b3, to + (3 * stride));
        Store<TRows, FiveRows>(a4, b4, to + (4 * stride));
        Store<TRows, SixRows>(a5, b5, to + (5 * stride));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void AddMoving<TRows>(
        ref readonly MixMatrixGains gains, int firstRow, float* samples, bool isFirst, int frame, float* to, nint stride)
        where TRows : IRowCount
    {
        Vector<float> a0 = Vector<float>.Zero, b0 = a0, a1 = a0, b1 = a0, a2 = a0, b2 = a0;
        if (!isFirst)
        {
            Load<TRows, OneRow>(to, ref a0, ref b0);
            Load<TRows, TwoRows>(to + stride, ref a1, ref b1);
            Load<TRows, ThreeRows>(to + (2 * stride), ref a2, ref b2);
        }

        Vector<float> early = Vector.Create((float)frame) + Vector<float>.Indices;
        Vector<float> late = Vector.Create((float)(frame + Vector<float>.Count)) + Vector<float>.Indices;
        nint row = gains.Stride;
        nint stepRow = gains.StepStride;
        long* place = gains.Places;
        long* end = place + gains.HeardCount;
        float* step = gains.Steps + (firstRow * stepRow);
        for (float* first = gains.Firsts + (firstRow * row); place < end; place++, first++, step++)
        {
            float* source = (float*)((byte*)samples + *place);
            Vector<float> a = Vector.Load(source);
            Vector<float> b = Vector.Load(source + Vector<float>.Count);
            Add<TRows, OneRow>(first, step, early, late, a, b, ref a0, ref b0);
            Add<TRows, TwoRows>(first + row, step + stepRow, early, late, a, b, ref a1, ref b1);
            Add<TRows, ThreeRows>(first + (2 * row), step + (2 * stepRow), early, late, a, b, ref a2, ref b2);
        }

        Store<TRows, OneRow>(a0, b0, to);
        Store<TRows, TwoRows>(a1, b1, to + stride);
        Store<TRows, ThreeRows>(a2, b2, to + (2 * stride));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Load<TRows, TNumber>(float* from, ref Vector<float> a, ref Vector<float> b)
        where TRows : IRowCount
        where TNumber : IRowCount
    {
        if (TRows.Count >= TNumber.Count)
        {
            a = Vector.Load(from);
            b = Vector.Load(from + Vector<float>.Count);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<TRows, TNumber>(Vector<float> a, Vector<float> b, float* to)
        where TRows : IRowCount
        where TNumber : IRowCount
    {
        if (TRows.Count >= TNumber.Count)
        {
            a.Store(to);
            b.Store(to + Vector<float>.Count);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add<TRows, TNumber>(float* gain, Vector<float> a, Vector<float> b, ref Vector<float> sumA, ref Vector<float> sumB)
        where TRows : IRowCount
        where TNumber : IRowCount
    {
        if (TRows.Count >= TNumber.Count)
        {
            Vector<float> all = Vector.Create(*gain);

            // In this order, as processors hand instructions to their adders and multipliers by turns.
            Vector<float> productA = a * all;
            Vector<float> productB = b * all;
            sumA += productA;
            sumB += productB;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add<TRows, TNumber>(
        float* gain, float* step, Vector<float> early, Vector<float> late, Vector<float> a, Vector<float> b, ref Vector<float> sumA, ref Vector<float> sumB)
        where TRows : IRowCount
        where TNumber : IRowCount
    {
        if (TRows.Count >= TNumber.Count)
        {
            Vector<float> first = Vector.Create(*gain);
            Vector<float> steps = Vector.Create(*step);
            Vector<float> gainA = steps * early;
            Vector<float> gainB = steps * late;
            gainA += first;
            gainB += first;
            gainA *= a;
            gainB *= b;
            sumA += gainA;
            sumB += gainB;
        }
    }
}
