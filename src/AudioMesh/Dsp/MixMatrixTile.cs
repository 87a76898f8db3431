// SPDX-License-Identifier: MIT
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace AudioMesh.Dsp;

/// <summary>
/// Up to 64 frames of up to 64 sources, readable up to whole vectors. Up to six mixes take their sums of it at a time, in the shape that suits the
/// registers.
/// </summary>
internal readonly unsafe struct MixMatrixTile(float* samples, nint sourceStride, int firstFrame, int frames, bool isFirst)
{
    /// <summary>Mixes that are made together.</summary>
    public const int Rows = 6;

    /// <summary>Frames at most.</summary>
    public const int Frames = 64;

    // With gains that move, more registers are needed for each.
    private const int MovingRows = 3;

    /// <summary>Frames are read in whole numbers of so many.</summary>
    public static int Width => MixMatrixPairs.Width;

    /// <summary>The place of its first frame in the block.</summary>
    public int FirstFrame => firstFrame;

    /// <summary>Packs frames of <paramref name="count"/> sources, 64 for each, with zeros at the end.</summary>
    public static void Pack(float* sources, nint stride, int count, int frames, float* packed)
    {
        int padded = (frames + Width - 1) / Width * Width;
        for (int source = 0; source < count; source++, sources += stride, packed += Frames)
        {
            new ReadOnlySpan<float>(sources, frames).CopyTo(new Span<float>(packed, frames));
            new Span<float>(packed + frames, padded - frames).Clear();
        }
    }

    /// <summary>Whether one of the sources of these bits holds NaN or infinity.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public bool IsAnyWild(ulong sources)
    {
        for (; sources != 0; sources &= sources - 1)
        {
            Vector<int> largest = Vector<int>.Zero;
            float* source = samples + (BitOperations.TrailingZeroCount(sources) * sourceStride);
            for (int frame = 0; frame < frames; frame += Vector<int>.Count)
            {
                largest = Vector.Max(largest, Vector.Load((int*)source + frame) & Vector.Create(int.MaxValue));
            }

            if (Vector.GreaterThanOrEqualAny(largest, Vector.Create(BitConverter.SingleToInt32Bits(float.PositiveInfinity))))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Adds the heard sources to up to six mixes, <paramref name="stride"/> apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Mix(ref readonly MixMatrixGains gains, int rows, float* mixes, nint stride)
    {
        int frame = 0;
        if (Vector512.IsHardwareAccelerated)
        {
            frame = Add<MixMatrixFours<Width512, Vector512<float>>>(in gains, rows, frame, mixes, stride);
        }
        else if (rows <= 2 && !gains.IsMoving)
        {
            frame = Add<MixMatrixFours<NaturalWidth, Vector<float>>>(in gains, rows, frame, mixes, stride);
        }

        frame = Add<MixMatrixPairs>(in gains, rows, frame, mixes, stride);
        if (frame < frames)
        {
            AddRest(in gains, rows, frame, mixes + frame, stride);
        }
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void AddRest(ref readonly MixMatrixGains gains, int rows, int frame, float* to, nint stride)
    {
        float* rest = stackalloc float[Rows * Width];
        int held = frames - frame;
        Copy(to, stride, rest, Width, rows, held);
        AddRows<MixMatrixPairs>(in gains, rows, frame, rest, Width);
        Copy(rest, Width, to, stride, rows, held);
    }

    /// <summary>As many frames as there are whole widths of, from <paramref name="frame"/> on; the first after them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Add<TSums>(ref readonly MixMatrixGains gains, int rows, int frame, float* mixes, nint stride)
        where TSums : struct, IMixMatrixSums
    {
        for (; frame <= frames - TSums.Width; frame += TSums.Width)
        {
            AddRows<TSums>(in gains, rows, frame, mixes + frame, stride);
        }

        return frame;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AddRows<TSums>(ref readonly MixMatrixGains gains, int rows, int frame, float* to, nint stride)
        where TSums : struct, IMixMatrixSums
    {
        if (gains.IsMoving)
        {
            AddMoving<TSums>(in gains, 0, Math.Min(rows, MovingRows), frame, to, stride);
            if (rows > MovingRows)
            {
                AddMoving<TSums>(in gains, MovingRows, rows - MovingRows, frame, to + (MovingRows * stride), stride);
            }

            return;
        }

        float* from = samples + frame;
        switch (rows)
        {
            case 1:
                TSums.AddSteady<OneRow>(in gains, from, isFirst, to, stride);
                break;
            case 2:
                TSums.AddSteady<TwoRows>(in gains, from, isFirst, to, stride);
                break;
            case 3:
                TSums.AddSteady<ThreeRows>(in gains, from, isFirst, to, stride);
                break;
            case 4:
                TSums.AddSteady<FourRows>(in gains, from, isFirst, to, stride);
                break;
            case 5:
                TSums.AddSteady<FiveRows>(in gains, from, isFirst, to, stride);
                break;
            default:
                TSums.AddSteady<SixRows>(in gains, from, isFirst, to, stride);
                break;
        }
    }

    private void AddMoving<TSums>(ref readonly MixMatrixGains gains, int firstRow, int rows, int frame, float* to, nint stride)
        where TSums : struct, IMixMatrixSums
    {
        float* from = samples + frame;
        switch (rows)
        {
            case 1:
                TSums.AddMoving<OneRow>(in gains, firstRow, from, isFirst, firstFrame + frame, to, stride);
                break;
            case 2:
                TSums.AddMoving<TwoRows>(in gains, firstRow, from, isFirst, firstFrame + frame, to, stride);
                break;
            default:
                TSums.AddMoving<ThreeRows>(in gains, firstRow, from, isFirst, firstFrame + frame, to, stride);
                break;
        }
    }

    private static void Copy(float* from, nint fromStride, float* to, nint toStride, int rows, int frames)
    {
        for (int row = 0; row < rows; row++)
        {
            new Span<float>(from + (row * fromStride), frames).CopyTo(new Span<float>(to + (row * toStride), frames));
        }
    }
}
