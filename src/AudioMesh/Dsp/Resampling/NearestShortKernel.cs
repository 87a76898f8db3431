// SPDX-License-Identifier: MIT
using System.Numerics;
using System.Runtime.CompilerServices;

namespace AudioMesh.Dsp;

/// <summary>One row of a short bank whose phases are all that occur: a window times the row.</summary>
internal readonly unsafe struct NearestShortKernel<T>(PolyphaseBank<T> bank) : IPhaseKernel<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T* _rows = bank.Rows;
    private readonly ulong _phases = (ulong)bank.Phases;

    public int HalfTaps => ShortFilter<T>.Taps / 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T One(ulong fraction, T* window)
    {
        T* row = RowAt(fraction);
        Vector<T> sum = Vector.Load(row) * Vector.Load(window);
        for (nint tap = Vector<T>.Count; tap < ShortFilter<T>.Taps; tap += Vector<T>.Count)
        {
            sum = VectorMath.MultiplyAdd(Vector.Load(row + tap), Vector.Load(window + tap), sum);
        }

        return VectorMath.Sum(sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public (T Left, T Right) Two(ulong fraction, T* window, nint apart)
    {
        T* row = RowAt(fraction);
        T* other = window + apart;
        Vector<T> taps = Vector.Load(row);
        Vector<T> left = taps * Vector.Load(window), right = taps * Vector.Load(other);
        for (nint tap = Vector<T>.Count; tap < ShortFilter<T>.Taps; tap += Vector<T>.Count)
        {
            taps = Vector.Load(row + tap);
            left = VectorMath.MultiplyAdd(taps, Vector.Load(window + tap), left);
            right = VectorMath.MultiplyAdd(taps, Vector.Load(other + tap), right);
        }

        return (VectorMath.Sum(left), VectorMath.Sum(right));
    }

    // Positions are never before the phase that is meant, and at most 2^-64 frame per step behind it.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private T* RowAt(ulong fraction) => _rows + ((nint)Math.BigMul(fraction, _phases, out _) * ShortFilter<T>.Taps);
}
