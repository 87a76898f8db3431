// SPDX-License-Identifier: MIT
using System.Numerics;
using System.Runtime.CompilerServices;

namespace AudioMesh.Dsp;

/// <summary>Any phase: a window times the cubic (Lagrange) through the four rows around it. The bank leads by one row; its phases are a power of two.</summary>
internal readonly unsafe struct CubicKernel<T>(PolyphaseBank<T> bank) : IPhaseKernel<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T* _rows = bank.Rows;
    private readonly nint _taps = bank.Taps;
    private readonly int _phaseBits = BitOperations.Log2((uint)bank.Phases);

    public int HalfTaps => (int)_taps / 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T One(ulong fraction, T* window)
    {
        Weights weights = WeightsAt(fraction, out T* row);
        Vector<T> a = Vector<T>.Zero, b = a;
        nint w = Vector<T>.Count;
        nint tap = 0;
        for (; tap <= _taps - (2 * w); tap += 2 * w)
        {
            a = VectorMath.MultiplyAdd(weights.At(row + tap, _taps), Vector.Load(window + tap), a);
            b = VectorMath.MultiplyAdd(weights.At(row + tap + w, _taps), Vector.Load(window + tap + w), b);
        }

        for (; tap < _taps; tap += w)
        {
            a = VectorMath.MultiplyAdd(weights.At(row + tap, _taps), Vector.Load(window + tap), a);
        }

        return VectorMath.Sum(a + b);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public (T Left, T Right) Two(ulong fraction, T* window, nint apart)
    {
        Weights weights = WeightsAt(fraction, out T* row);
        T* other = window + apart;
        Vector<T> a = Vector<T>.Zero, b = a, c = a, d = a;
        nint w = Vector<T>.Count;
        nint tap = 0;
        for (; tap <= _taps - (2 * w); tap += 2 * w)
        {
            Vector<T> first = weights.At(row + tap, _taps);
            Vector<T> second = weights.At(row + tap + w, _taps);
            a = VectorMath.MultiplyAdd(first, Vector.Load(window + tap), a);
            b = VectorMath.MultiplyAdd(second, Vector.Load(window + tap + w), b);
            c = VectorMath.MultiplyAdd(first, Vector.Load(other + tap), c);
            d = VectorMath.MultiplyAdd(second, Vector.Load(other + tap + w), d);
        }

        for (; tap < _taps; tap += w)
        {
            Vector<T> first = weights.At(row + tap, _taps);
            a = VectorMath.MultiplyAdd(first, Vector.Load(window + tap), a);
            c = VectorMath.MultiplyAdd(first, Vector.Load(other + tap), c);
        }

        return (VectorMath.Sum(a + b), VectorMath.Sum(c + d));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Weights WeightsAt(ulong fraction, out T* row)
    {
        row = _rows + ((nint)(fraction >> (64 - _phaseBits)) * _taps);
        return new Weights((long)((fraction << _phaseBits) >> 11) * (1.0 / (1L << 53)));
    }

    /// <summary>The Lagrange polynomials for points at -1, 0, 1 and 2.</summary>
    private readonly struct Weights
    {
        private readonly Vector<T> _before, _from, _to, _after;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Weights(double t)
        {
            double outer = t * (t - 1);
            double inner = (t + 1) * (t - 2);
            _before = new Vector<T>(T.CreateTruncating(outer * (t - 2) * (-1.0 / 6)));
            _from = new Vector<T>(T.CreateTruncating(inner * (t - 1) * 0.5));
            _to = new Vector<T>(T.CreateTruncating(inner * t * -0.5));
            _after = new Vector<T>(T.CreateTruncating(outer * (t + 1) * (1.0 / 6)));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> At(T* row, nint taps)
        {
            Vector<T> sum = Vector.Load(row) * _before;
            sum = VectorMath.MultiplyAdd(Vector.Load(row + taps), _from, sum);
            sum = VectorMath.MultiplyAdd(Vector.Load(row + (2 * taps)), _to, sum);
            return VectorMath.MultiplyAdd(Vector.Load(row + (3 * taps)), _after, sum);
        }
    }
}
