// SPDX-License-Identifier: MIT
using System.Numerics;
using System.Runtime.CompilerServices;

namespace AudioMesh.Dsp;

/// <summary>
/// Up to 64 sources of up to 64 frames, packed so that two vectors of every source follow one another. Six mixes take their sums of it at a
/// time, all in registers.
/// </summary>
internal readonly unsafe struct MixMatrixTile(float* packed, int count, int firstFrame, int frames, bool isFirst)
{
    /// <summary>Mixes that are made together: six times two vectors of sums, and what else is needed, fill sixteen registers.</summary>
    public const int Rows = 6;

    // With gains that move, more is needed for each.
    private const int MovingRows = 3;

    /// <summary>The place of its first frame in the block.</summary>
    public int FirstFrame => firstFrame;

    /// <summary>The frames of a source that follow one another.</summary>
    public static int Width => 2 * Vector<float>.Count;

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

    /// <summary>Six mixes, <paramref name="stride"/> apart.</summary>
    public void Mix(ref readonly MixMatrixGains gains, float* mixes, nint stride)
    {
        float* part = stackalloc float[Rows * Width];
        for (int frame = 0; frame < frames; frame += Width)
        {
            float* tile = packed + ((nint)frame * count);
            int held = Math.Min(Width, frames - frame);
            if (held == Width)
            {
                Add(in gains, tile, firstFrame + frame, mixes + frame, stride);
                continue;
            }

            Copy(mixes + frame, stride, part, Width, held);
            Add(in gains, tile, firstFrame + frame, part, Width);
            Copy(part, Width, mixes + frame, stride, held);
        }
    }

    private void Add(ref readonly MixMatrixGains gains, float* tile, int frame, float* to, nint stride)
    {
        if (gains.IsMoving)
        {
            AddThreeMoving(in gains, 0, tile, frame, to, stride);
            AddThreeMoving(in gains, MovingRows, tile, frame, to + (MovingRows * stride), stride);
        }
        else
        {
            AddSixSteady(in gains, tile, to, stride);
        }
    }

    private void AddSixSteady(ref readonly MixMatrixGains gains, float* tile, float* to, nint stride)
    {
        Vector<float> low0 = Sum(to), high0 = Sum(to + Vector<float>.Count);
        Vector<float> low1 = Sum(to + stride), high1 = Sum(to + stride + Vector<float>.Count);
        Vector<float> low2 = Sum(to + (2 * stride)), high2 = Sum(to + (2 * stride) + Vector<float>.Count);
        Vector<float> low3 = Sum(to + (3 * stride)), high3 = Sum(to + (3 * stride) + Vector<float>.Count);
        Vector<float> low4 = Sum(to + (4 * stride)), high4 = Sum(to + (4 * stride) + Vector<float>.Count);
        Vector<float> low5 = Sum(to + (5 * stride)), high5 = Sum(to + (5 * stride) + Vector<float>.Count);
        uint* place = gains.Places;
        uint* end = place + gains.HeardCount;
        nint row = gains.Stride;
        float* fourth = gains.Firsts + (3 * row);
        for (float* first = gains.Firsts; place < end; place++, first++, fourth++)
        {
            float* samples = (float*)((byte*)tile + *place);
            Vector<float> low = Vector.Load(samples);
            Vector<float> high = Vector.Load(samples + Vector<float>.Count);
            low0 += low * Vector.Create(*first);
            high0 += high * Vector.Create(*first);
            low1 += low * Vector.Create(first[row]);
            high1 += high * Vector.Create(first[row]);
            low2 += low * Vector.Create(first[2 * row]);
            high2 += high * Vector.Create(first[2 * row]);
            low3 += low * Vector.Create(*fourth);
            high3 += high * Vector.Create(*fourth);
            low4 += low * Vector.Create(fourth[row]);
            high4 += high * Vector.Create(fourth[row]);
            low5 += low * Vector.Create(fourth[2 * row]);
            high5 += high * Vector.Create(fourth[2 * row]);
        }

        Store(low0, high0, to);
        Store(low1, high1, to + stride);
        Store(low2, high2, to + (2 * stride));
        Store(low3, high3, to + (3 * stride));
        Store(low4, high4, to + (4 * stride));
        Store(low5, high5, to + (5 * stride));
    }

    private void AddThreeMoving(ref readonly MixMatrixGains gains, int firstRow, float* tile, int frame, float* to, nint stride)
    {
        Vector<float> low0 = Sum(to), high0 = Sum(to + Vector<float>.Count);
        Vector<float> low1 = Sum(to + stride), high1 = Sum(to + stride + Vector<float>.Count);
        Vector<float> low2 = Sum(to + (2 * stride)), high2 = Sum(to + (2 * stride) + Vector<float>.Count);
        Vector<float> early = Vector.Create((float)frame) + Vector<float>.Indices;
        Vector<float> late = Vector.Create((float)(frame + Vector<float>.Count)) + Vector<float>.Indices;
        uint* place = gains.Places;
        uint* end = place + gains.HeardCount;
        nint row = gains.Stride;
        float* step = gains.Steps + (firstRow * MixMatrixGains.MostSources);
        for (float* first = gains.Firsts + (firstRow * row); place < end; place++, first++, step++)
        {
            float* samples = (float*)((byte*)tile + *place);
            Vector<float> low = Vector.Load(samples);
            Vector<float> high = Vector.Load(samples + Vector<float>.Count);
            low0 += low * (Vector.Create(*first) + (Vector.Create(*step) * early));
            high0 += high * (Vector.Create(*first) + (Vector.Create(*step) * late));
            low1 += low * (Vector.Create(first[row]) + (Vector.Create(step[MixMatrixGains.MostSources]) * early));
            high1 += high * (Vector.Create(first[row]) + (Vector.Create(step[MixMatrixGains.MostSources]) * late));
            low2 += low * (Vector.Create(first[2 * row]) + (Vector.Create(step[2 * MixMatrixGains.MostSources]) * early));
            high2 += high * (Vector.Create(first[2 * row]) + (Vector.Create(step[2 * MixMatrixGains.MostSources]) * late));
        }

        Store(low0, high0, to);
        Store(low1, high1, to + stride);
        Store(low2, high2, to + (2 * stride));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector<float> Sum(float* from) => isFirst ? Vector<float>.Zero : Vector.Load(from);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector<float> low, Vector<float> high, float* to)
    {
        low.Store(to);
        high.Store(to + Vector<float>.Count);
    }

    private static void Copy(float* from, nint fromStride, float* to, nint toStride, int frames)
    {
        for (int row = 0; row < Rows; row++)
        {
            new Span<float>(from + (row * fromStride), frames).CopyTo(new Span<float>(to + (row * toStride), frames));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<int> Magnitude(Vector<float> samples) => samples.As<float, int>() & Vector.Create(int.MaxValue);
}
