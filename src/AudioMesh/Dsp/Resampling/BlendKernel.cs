// SPDX-License-Identifier: MIT
using System.Numerics;
using System.Runtime.CompilerServices;

namespace AudioMesh.Dsp;

/// <summary>
/// Any phase of a smooth bank: a window times the line between the two rows around it. Its phases are a power of two; after the last row follows
/// that of the next frame.
/// </summary>
internal readonly unsafe struct BlendKernel<T>(PolyphaseBank<T> bank) : IPhaseKernel<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T* _rows = bank.Rows;
    private readonly nint _taps = bank.Taps;
    private readonly int _phaseBits = BitOperations.Log2((uint)bank.Phases);

    public int HalfTaps => (int)_taps / 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T One(ulong fraction, T* window)
    {
        T* row = RowAt(fraction, out Vector<T> share);
        T* next = row + _taps;
        Vector<T> sum = Vector<T>.Zero;
        for (nint tap = 0; tap < _taps; tap += Vector<T>.Count)
        {
            sum = VectorMath.MultiplyAdd(Blend(row + tap, next + tap, share), Vector.Load(window + tap), sum);
        }

        return VectorMath.Sum(sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public (T Left, T Right) Two(ulong fraction, T* window, nint apart)
    {
        T* row = RowAt(fraction, out Vector<T> share);
        T* next = row + _taps;
        T* other = window + apart;
        Vector<T> left = Vector<T>.Zero, right = left;
        for (nint tap = 0; tap < _taps; tap += Vector<T>.Count)
        {
            Vector<T> blend = Blend(row + tap, next + tap, share);
            left = VectorMath.MultiplyAdd(blend, Vector.Load(window + tap), left);
            right = VectorMath.MultiplyAdd(blend, Vector.Load(other + tap), right);
        }

        return (VectorMath.Sum(left), VectorMath.Sum(right));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private T* RowAt(ulong fraction, out Vector<T> share)
    {
        share = new Vector<T>(T.CreateTruncating((long)((fraction << _phaseBits) >> 11)) * T.CreateTruncating(1.0 / (1L << 53)));
        return _rows + ((nint)(fraction >> (64 - _phaseBits)) * _taps);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<T> Blend(T* row, T* next, Vector<T> share)
    {
        Vector<T> from = Vector.Load(row);
        return VectorMath.MultiplyAdd(share, Vector.Load(next) - from, from);
    }
}
