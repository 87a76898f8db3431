// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;

namespace AudioMesh.Dsp;

/// <summary>Mixes of four vectors of frames, all sums in registers: of 32 for up to six mixes, of sixteen for two.</summary>
internal readonly unsafe struct MixMatrixFours<TWidth, TVector> : IMixMatrixSums
    where TWidth : IVectorWidth<TVector>
    where TVector : struct
{
    public static int Width => 4 * TWidth.Count;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void AddSteady<TRows>(ref readonly MixMatrixGains gains, float* samples, bool isFirst, float* to, nint stride)
        where TRows : IRowCount
    {
        TVector a0 = TWidth.Zero, b0 = a0, c0 = a0, d0 = a0;
        TVector a1 = TWidth.Zero, b1 = a1, c1 = a1, d1 = a1;
        TVector a2 = TWidth.Zero, b2 = a2, c2 = a2, d2 = a2;
        TVector a3 = TWidth.Zero, b3 = a3, c3 = a3, d3 = a3;
        TVector a4 = TWidth.Zero, b4 = a4, c4 = a4, d4 = a4;
        TVector a5 = TWidth.Zero, b5 = a5, c5 = a5, d5 = a5;
        if (!isFirst)
        {
            Load<TRows, OneRow>(to, ref a0, ref b0, ref c0, ref d0);
            Load<TRows, TwoRows>(to + stride, ref a1, ref b1, ref c1, ref d1);
            Load<TRows, ThreeRows>(to + (2 * stride), ref a2, ref b2, ref c2, ref d2);
            Load<TRows, FourRows>(to + (3 * stride), ref a3, ref b3, ref c3, ref d3);
            Load<TRows, FiveRows>(to + (4 * stride), ref a4, ref b4, ref c4, ref d4);
            Load<TRows, SixRows>(to + (5 * stride), ref a5, ref b5, ref c5, ref d5);
        }

        nint row = gains.Stride;
        long* place = gains.Places;
        long* end = place + gains.HeardCount;
        float* fourth = gains.Firsts + (3 * row);
        for (float* first = gains.Firsts; place < end; place++, first++, fourth++)
        {
            Load((float*)((byte*)samples + *place), out TVector a, out TVector b, out TVector c, out TVector d);
            Add<TRows, OneRow>(first, a, b, c, d, ref a0, ref b0, ref c0, ref d0);
            Add<TRows, TwoRows>(first + row, a, b, c, d, ref a1, ref b1, ref c1, ref d1);
            Add<TRows, ThreeRows>(first + (2 * row), a, b, c, d, ref a2, ref b2, ref c2, ref d2);
            Add<TRows, FourRows>(fourth, a, b, c, d, ref a3, ref b3, ref c3, ref d3);
            Add<TRows, FiveRows>(fourth + row, a, b, c, d, ref a4, ref b4, ref c4, ref d4);
            Add<TRows, SixRows>(fourth + (2 * row), a, b, c, d, ref a5, ref b5, ref c5, ref d5);
        }

        Store<TRows, OneRow>(a0, b0, c0, d0, to);
        Store<TRows, TwoRows>(a1, b1, c1, d1, to + stride);
        Store<TRows, ThreeRows>(a2, b2, c2, d2, to + (2 * stride));
        Store<TRows, FourRows>(a3, b3, c3, d3, to + (3 * stride));
        Store<TRows, FiveRows>(a4, b4, c4, d4, to + (4 * stride));
        Store<TRows, SixRows>(a5, b5, c5, d5, to + (5 * stride));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void AddMoving<TRows>(
        ref readonly MixMatrixGains gains, int firstRow, float* samples, bool isFirst, int frame, float* to, nint stride)
        where TRows : IRowCount
    {
        TVector a0 = TWidth.Zero, b0 = a0, c0 = a0, d0 = a0;
        TVector a1 = TWidth.Zero, b1 = a1, c1 = a1, d1 = a1;
        TVector a2 = TWidth.Zero, b2 = a2, c2 = a2, d2 = a2;
        if (!isFirst)
        {
            Load<TRows, OneRow>(to, ref a0, ref b0, ref c0, ref d0);
            Load<TRows, TwoRows>(to + stride, ref a1, ref b1, ref c1, ref d1);
            Load<TRows, ThreeRows>(to + (2 * stride), ref a2, ref b2, ref c2, ref d2);
        }

        TVector i = Frames(frame), j = Frames(frame + TWidth.Count);
        TVector k = Frames(frame + (2 * TWidth.Count)), l = Frames(frame + (3 * TWidth.Count));
        nint row = gains.Stride;
        nint stepRow = gains.StepStride;
        long* place = gains.Places;
        long* end = place + gains.HeardCount;
        float* step = gains.Steps + (firstRow * stepRow);
        for (float* first = gains.Firsts + (firstRow * row); place < end; place++, first++, step++)
        {
            Load((float*)((byte*)samples + *place), out TVector a, out TVector b, out TVector c, out TVector d);
            Add<TRows, OneRow>(first, step, i, j, k, l, a, b, c, d, ref a0, ref b0, ref c0, ref d0);
            Add<TRows, TwoRows>(first + row, step + stepRow, i, j, k, l, a, b, c, d, ref a1, ref b1, ref c1, ref d1);
            Add<TRows, ThreeRows>(first + (2 * row), step + (2 * stepRow), i, j, k, l, a, b, c, d, ref a2, ref b2, ref c2, ref d2);
        }

        Store<TRows, OneRow>(a0, b0, c0, d0, to);
        Store<TRows, TwoRows>(a1, b1, c1, d1, to + stride);
        Store<TRows, ThreeRows>(a2, b2, c2, d2, to + (2 * stride));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Frames(int first) => TWidth.Add(TWidth.Repeat(first), TWidth.Indices);

    // A mix alone waits for its loads rather than for its arithmetic.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Gain<TRows>(float* from)
        where TRows : IRowCount => TRows.Count == 1 ? TWidth.Repeat(*from) : TWidth.RepeatFrom(from);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Line(float* first, float* step, TVector frames) =>
        TWidth.Add(TWidth.Multiply(frames, TWidth.RepeatFrom(step)), TWidth.RepeatFrom(first));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Load(float* from, out TVector a, out TVector b, out TVector c, out TVector d)
    {
        a = TWidth.Load(from);
        b = TWidth.Load(from + TWidth.Count);
        c = TWidth.Load(from + (2 * TWidth.Count));
        d = TWidth.Load(from + (3 * TWidth.Count));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Load<TRows, TNumber>(float* from, ref TVector a, ref TVector b, ref TVector c, ref TVector d)
        where TRows : IRowCount
        where TNumber : IRowCount
    {
        if (TRows.Count >= TNumber.Count)
        {
            Load(from, out a, out b, out c, out d);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<TRows, TNumber>(TVector a, TVector b, TVector c, TVector d, float* to)
        where TRows : IRowCount
        where TNumber : IRowCount
    {
        if (TRows.Count >= TNumber.Count)
        {
            TWidth.Store(a, to);
            TWidth.Store(b, to + TWidth.Count);
            TWidth.Store(c, to + (2 * TWidth.Count));
            TWidth.Store(d, to + (3 * TWidth.Count));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add<TRows, TNumber>(
        float* gain, TVector a, TVector b, TVector c, TVector d, ref TVector sumA, ref TVector sumB, ref TVector sumC, ref TVector sumD)
        where TRows : IRowCount
        where TNumber : IRowCount
    {
        if (TRows.Count >= TNumber.Count)
        {
            sumA = TWidth.Add(sumA, TWidth.Multiply(a, Gain<TRows>(gain)));
            sumB = TWidth.Add(sumB, TWidth.Multiply(b, Gain<TRows>(gain)));
            sumC = TWidth.Add(sumC, TWidth.Multiply(c, Gain<TRows>(gain)));
            sumD = TWidth.Add(sumD, TWidth.Multiply(d, Gain<TRows>(gain)));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add<TRows, TNumber>(
        float* gain, float* step, TVector i, TVector j, TVector k, TVector l, TVector a, TVector b, TVector c, TVector d,
        ref TVector sumA, ref TVector sumB, ref TVector sumC, ref TVector sumD)
        where TRows : IRowCount
        where TNumber : IRowCount
    {
        if (TRows.Count >= TNumber.Count)
        {
            sumA = TWidth.Add(sumA, TWidth.Multiply(a, Line(gain, step, i)));
            sumB = TWidth.Add(sumB, TWidth.Multiply(b, Line(gain, step, j)));
            sumC = TWidth.Add(sumC, TWidth.Multiply(c, Line(gain, step, k)));
            sumD = TWidth.Add(sumD, TWidth.Multiply(d, Line(gain, step, l)));
        }
    }
}
