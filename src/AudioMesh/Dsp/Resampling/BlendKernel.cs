// SPDX-License-Identifier: MIT
using System.Numerics;
using System.Runtime.CompilerServices;

namespace AudioMesh.Dsp;

/// <summary>
/// Any phase of a short, smooth bank: a window times the line between the two rows around it. Its phases are a power of two; after the
/// last row follows that of the next frame.
/// </summary>
internal readonly unsafe struct BlendKernel<T>(PolyphaseBank<T> bank) : IPhaseKernel<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T* _rows = bank.Rows;
    private readonly int _phaseBits = BitOperations.Log2((uint)bank.Phases);

    public int HalfTaps => ShortFilter<T>.Taps / 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T One(ulong fraction, T* window)
    {
        T* row = RowAt(fraction, out Vector<T> share);
        Vector<T> sum = Blend(row, share) * Vector.Load(window);
        for (nint tap = Vector<T>.Count; tap < ShortFilter<T>.Taps; tap += Vector<T>.Count)
        {
            sum = VectorMath.MultiplyAdd(Blend(row + tap, share), Vector.Load(window + tap), sum);
        }

        return VectorMath.Sum(sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public (T Left, T Right) Two(ulong fraction, T* window, nint apart)
    {
        T* row = RowAt(fraction, out Vector<T> share);
        T* other = window + apart;
        Vector<T> blend = Blend(row, share);
        Vector<T> left = blend * Vector.Load(window), right = blend * Vector.Load(other);
        for (nint tap = Vector<T>.Count; tap < ShortFilter<T>.Taps; tap += Vector<T>.Count)
        {
            blend = Blend(row + tap, share);
            left = VectorMath.MultiplyAdd(blend, Vector.Load(window + tap), left);
            right = VectorMath.MultiplyAdd(blend, Vector.Load(other + tap), right);
        }

        return (VectorMath.Sum(left), VectorMath.Sum(right));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private T* RowAt(ulong fraction, out Vector<T> share)
    {
        share = new Vector<T>(T.CreateTruncating((long)((fraction << _phaseBits) >> 11)) * T.CreateTruncating(1.0 / (1L << 53)));
        return _rows + ((nint)(fraction >> (64 - _phaseBits)) * ShortFilter<T>.Taps);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<T> Blend(T* row, Vector<T> share)
    {
        Vector<T> from = Vector.Load(row);
        return VectorMath.MultiplyAdd(share, Vector.Load(row + ShortFilter<T>.Taps) - from, from);
    }
}
