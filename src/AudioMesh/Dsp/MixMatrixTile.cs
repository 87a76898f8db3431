// SPDX-License-Identifier: MIT
using System.Numerics;
using System.Runtime.CompilerServices;

namespace AudioMesh.Dsp;

/// <summary>
/// Up to 64 sources of up to 64 frames, packed so that two vectors of every source follow one another. One or four mixes add theirs to it at a
/// time, all in registers.
/// </summary>
internal readonly unsafe struct MixMatrixTile(float* packed, int count, int firstFrame, int frames, bool isFirst)
{
    /// <summary>Mixes that are made together: four times two vectors of sums, and what else is needed, fill sixteen registers.</summary>
    public const int Rows = 4;

    /// <summary>The place of its first frame in the block.</summary>
    public int FirstFrame => firstFrame;

    private static int Width => 2 * Vector<float>.Count;

    /// <summary>
    /// Packs frames of <paramref name="count"/> sources that lie <paramref name="stride"/> apart; zeros fill the last vectors. Bit n of the
    /// answer is set where source n holds NaN or infinity.
    /// </summary>
    public static ulong Pack(float* sources, nint stride, int count, int frames, float* packed)
    {
        ulong wild = 0;
        for (int source = 0; source < count; source++)
        {
            float* from = sources + (source * stride);
            float* to = packed + (source * Width);
            Vector<int> largest = Vector<int>.Zero;
            int frame = 0;
            for (; frame <= frames - Width; frame += Width, to += count * Width)
            {
                Vector<float> low = Vector.Load(from + frame);
                Vector<float> high = Vector.Load(from + frame + Vector<float>.Count);
                low.Store(to);
                high.Store(to + Vector<float>.Count);
                largest = Vector.Max(largest, Vector.Max(Magnitude(low), Magnitude(high)));
            }

            if (frame < frames)
            {
                new Span<float>(to, Width).Clear();
                new Span<float>(from + frame, frames - frame).CopyTo(new Span<float>(to, Width));
                largest = Vector.Max(largest, Vector.Max(Magnitude(Vector.Load(to)), Magnitude(Vector.Load(to + Vector<float>.Count))));
            }

            bool isWild = Vector.GreaterThanOrEqualAny(largest, Vector.Create(BitConverter.SingleToInt32Bits(float.PositiveInfinity)));
            wild |= isWild ? 1UL << source : 0;
        }

        return wild;
    }

    /// <summary>Four mixes, <paramref name="stride"/> apart.</summary>
    public void MixFour(ref readonly MixMatrixGains gains, float* mixes, nint stride)
    {
        float* part = stackalloc float[Rows * Width];
        for (int frame = 0; frame < frames; frame += Width)
        {
            float* tile = packed + ((nint)frame * count);
            int held = Math.Min(Width, frames - frame);
            if (held == Width)
            {
                AddFour(in gains, tile, firstFrame + frame, mixes + frame, stride);
                continue;
            }

            Copy(mixes + frame, stride, part, Width, Rows, held);
            AddFour(in gains, tile, firstFrame + frame, part, Width);
            Copy(part, Width, mixes + frame, stride, Rows, held);
        }
    }

    /// <summary>One mix.</summary>
    public void MixOne(ref readonly MixMatrixGains gains, float* mix)
    {
        float* part = stackalloc float[Width];
        for (int frame = 0; frame < frames; frame += Width)
        {
            float* tile = packed + ((nint)frame * count);
            int held = Math.Min(Width, frames - frame);
            if (held == Width)
            {
                AddOne(in gains, tile, firstFrame + frame, mix + frame);
                continue;
            }

            Copy(mix + frame, 0, part, 0, 1, held);
            AddOne(in gains, tile, firstFrame + frame, part);
            Copy(part, 0, mix + frame, 0, 1, held);
        }
    }

    private void AddFour(ref readonly MixMatrixGains gains, float* tile, int frame, float* to, nint stride)
    {
        if (gains.IsMoving)
        {
            AddFourMoving(in gains, tile, frame, to, stride);
        }
        else
        {
            AddFourSteady(in gains, tile, to, stride);
        }
    }

    private void AddFourSteady(ref readonly MixMatrixGains gains, float* tile, float* to, nint stride)
    {
        Sums sum0 = new(to, isFirst), sum1 = new(to + stride, isFirst), sum2 = new(to + (2 * stride), isFirst), sum3 = new(to + (3 * stride), isFirst);
        float* gain0 = gains.Firsts;
        float* gain1 = gain0 + gains.Stride;
        float* gain2 = gain1 + gains.Stride;
        float* gain3 = gain2 + gains.Stride;
        byte* heard = gains.Heard;
        nint count = gains.HeardCount;
        for (nint i = 0; i < count; i++)
        {
            float* samples = tile + (heard[i] * (nint)Width);
            Vector<float> low = Vector.Load(samples);
            Vector<float> high = Vector.Load(samples + Vector<float>.Count);
            sum0.Add(low, high, Vector.Create(gain0[i]));
            sum1.Add(low, high, Vector.Create(gain1[i]));
            sum2.Add(low, high, Vector.Create(gain2[i]));
            sum3.Add(low, high, Vector.Create(gain3[i]));
        }

        sum0.Store(to);
        sum1.Store(to + stride);
        sum2.Store(to + (2 * stride));
        sum3.Store(to + (3 * stride));
    }

    private void AddFourMoving(ref readonly MixMatrixGains gains, float* tile, int frame, float* to, nint stride)
    {
        Sums sum0 = new(to, isFirst), sum1 = new(to + stride, isFirst), sum2 = new(to + (2 * stride), isFirst), sum3 = new(to + (3 * stride), isFirst);
        float* gain0 = gains.Firsts;
        float* gain1 = gain0 + gains.Stride;
        float* gain2 = gain1 + gains.Stride;
        float* gain3 = gain2 + gains.Stride;
        float* steps = gains.Steps;
        byte* heard = gains.Heard;
        nint count = gains.HeardCount;
        Vector<float> early = Vector.Create((float)frame) + Vector<float>.Indices;
        Vector<float> late = Vector.Create((float)(frame + Vector<float>.Count)) + Vector<float>.Indices;
        for (nint i = 0; i < count; i++)
        {
            float* samples = tile + (heard[i] * (nint)Width);
            Vector<float> low = Vector.Load(samples);
            Vector<float> high = Vector.Load(samples + Vector<float>.Count);
            sum0.Add(low, high, Vector.Create(gain0[i]), Vector.Create(steps[i]), early, late);
            sum1.Add(low, high, Vector.Create(gain1[i]), Vector.Create(steps[i + MixMatrixGains.MostSources]), early, late);
            sum2.Add(low, high, Vector.Create(gain2[i]), Vector.Create(steps[i + (2 * MixMatrixGains.MostSources)]), early, late);
            sum3.Add(low, high, Vector.Create(gain3[i]), Vector.Create(steps[i + (3 * MixMatrixGains.MostSources)]), early, late);
        }

        sum0.Store(to);
        sum1.Store(to + stride);
        sum2.Store(to + (2 * stride));
        sum3.Store(to + (3 * stride));
    }

    private void AddOne(ref readonly MixMatrixGains gains, float* tile, int frame, float* to)
    {
        Sums sum = new(to, isFirst);
        Vector<float> early = Vector.Create((float)frame) + Vector<float>.Indices;
        Vector<float> late = Vector.Create((float)(frame + Vector<float>.Count)) + Vector<float>.Indices;
        for (nint i = 0; i < gains.HeardCount; i++)
        {
            float* samples = tile + (gains.Heard[i] * (nint)Width);
            Vector<float> step = gains.IsMoving ? Vector.Create(gains.Steps[i]) : Vector<float>.Zero;
            sum.Add(Vector.Load(samples), Vector.Load(samples + Vector<float>.Count), Vector.Create(gains.Firsts[i]), step, early, late);
        }

        sum.Store(to);
    }

    private static void Copy(float* from, nint fromStride, float* to, nint toStride, int rows, int frames)
    {
        for (int row = 0; row < rows; row++)
        {
            new Span<float>(from + (row * fromStride), frames).CopyTo(new Span<float>(to + (row * toStride), frames));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<int> Magnitude(Vector<float> samples) => samples.As<float, int>() & Vector.Create(int.MaxValue);

    /// <summary>The sums of one mix.</summary>
    private struct Sums
    {
        private Vector<float> _low;
        private Vector<float> _high;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Sums(float* from, bool isFirst)
        {
            _low = isFirst ? Vector<float>.Zero : Vector.Load(from);
            _high = isFirst ? Vector<float>.Zero : Vector.Load(from + Vector<float>.Count);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Add(Vector<float> low, Vector<float> high, Vector<float> gain)
        {
            _low += low * gain;
            _high += high * gain;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Add(Vector<float> low, Vector<float> high, Vector<float> first, Vector<float> step, Vector<float> early, Vector<float> late)
        {
            _low += low * (first + (step * early));
            _high += high * (first + (step * late));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly void Store(float* to)
        {
            _low.Store(to);
            _high.Store(to + Vector<float>.Count);
        }
    }
}
