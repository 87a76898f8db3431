// SPDX-License-Identifier: MIT
using System.Numerics;
using System.Runtime.CompilerServices;

namespace AudioMesh.Dsp;

/// <summary>One row of a bank whose phases are all that occur: a window times the row, in four partial sums of a vector each.</summary>
internal readonly unsafe struct NearestKernel<T>(PolyphaseBank<T> bank) : IPhaseKernel<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T* _rows = bank.Rows;
    private readonly nint _taps = bank.Taps;
    private readonly ulong _phases = (ulong)bank.Phases;

    public int HalfTaps => (int)_taps / 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T One(ulong fraction, T* window)
    {
        T* row = RowAt(fraction);
        Vector<T> a = Vector<T>.Zero, b = a, c = a, d = a;
        nint w = Vector<T>.Count;
        nint tap = 0;
        for (; tap <= _taps - (4 * w); tap += 4 * w)
        {
            a = VectorMath.MultiplyAdd(Vector.Load(row + tap), Vector.Load(window + tap), a);
            b = VectorMath.MultiplyAdd(Vector.Load(row + tap + w), Vector.Load(window + tap + w), b);
            c = VectorMath.MultiplyAdd(Vector.Load(row + tap + (2 * w)), Vector.Load(window + tap + (2 * w)), c);
            d = VectorMath.MultiplyAdd(Vector.Load(row + tap + (3 * w)), Vector.Load(window + tap + (3 * w)), d);
        }

        for (; tap < _taps; tap += w)
        {
            a = VectorMath.MultiplyAdd(Vector.Load(row + tap), Vector.Load(window + tap), a);
        }

        return VectorMath.Sum(a + b + (c + d));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public (T Left, T Right) Two(ulong fraction, T* window, nint apart)
    {
        T* row = RowAt(fraction);
        T* other = window + apart;
        Vector<T> a = Vector<T>.Zero, b = a, c = a, d = a, e = a, f = a, g = a, h = a;
        nint w = Vector<T>.Count;
        nint tap = 0;
        for (; tap <= _taps - (4 * w); tap += 4 * w)
        {
            Vector<T> first = Vector.Load(row + tap), second = Vector.Load(row + tap + w);
            a = VectorMath.MultiplyAdd(first, Vector.Load(window + tap), a);
            b = VectorMath.MultiplyAdd(second, Vector.Load(window + tap + w), b);
            e = VectorMath.MultiplyAdd(first, Vector.Load(other + tap), e);
            f = VectorMath.MultiplyAdd(second, Vector.Load(other + tap + w), f);
            first = Vector.Load(row + tap + (2 * w));
            second = Vector.Load(row + tap + (3 * w));
            c = VectorMath.MultiplyAdd(first, Vector.Load(window + tap + (2 * w)), c);
            d = VectorMath.MultiplyAdd(second, Vector.Load(window + tap + (3 * w)), d);
            g = VectorMath.MultiplyAdd(first, Vector.Load(other + tap + (2 * w)), g);
            h = VectorMath.MultiplyAdd(second, Vector.Load(other + tap + (3 * w)), h);
        }

        for (; tap < _taps; tap += w)
        {
            Vector<T> first = Vector.Load(row + tap);
            a = VectorMath.MultiplyAdd(first, Vector.Load(window + tap), a);
            e = VectorMath.MultiplyAdd(first, Vector.Load(other + tap), e);
        }

        return (VectorMath.Sum(a + b + (c + d)), VectorMath.Sum(e + f + (g + h)));
    }

    // The position is at most 2^-64 frame per step beside the phase that is meant.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private T* RowAt(ulong fraction)
    {
        ulong row = (((fraction >> 32) * _phases) + (1u << 31)) >> 32;
        return _rows + ((nint)row * _taps);
    }
}
