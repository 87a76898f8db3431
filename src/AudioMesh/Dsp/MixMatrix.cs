// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using AudioMesh.Realtime;

namespace AudioMesh.Dsp;

/// <summary>
/// Many mixes of many sources: every mix hears every source with a gain of its own, which moves on a straight line over the block. The
/// arithmetic is fixed to the bit, so that scalar code, SIMD and a GPU kernel agree. Any thread.
/// </summary>
/// <remarks>
/// <para>A block is <c>frames</c> long and planar: source n is sources[n * frames ..], mix m is mixes[m * frames ..], and the gain of source n
/// in mix m is at [m * N + n] of <c>from</c> and <c>to</c>, for N sources. For every sample i:</para>
/// <code>
/// inverse = 1 / (float)frames
/// sum = +0
/// for n = 0, 1, .. N - 1, except where from[m, n] and to[m, n] are both zero:
///     step = (to[m, n] - from[m, n]) * inverse
///     gain = from[m, n] + step * (float)i
///     sum  = sum + source[n][i] * gain
/// mix[m][i] = sum
/// </code>
/// <para>Every operation is in single precision and rounds once, to nearest, ties to even; none is fused. Sample i has the gain of time i, so the
/// next block, whose <c>from</c> is this one's <c>to</c>, begins at exactly that gain. A silent crosspoint is not heard, even of NaN and
/// infinity. Gains are finite factors, not dB; frames is at most 2^24. Which NaN comes out is not said; denormals are as the thread has set.</para>
/// </remarks>
[RealtimeSafe]
public static unsafe class MixMatrix
{
    // A block of sources is packed into a tile that stays in the first-level cache while every mix takes its part.
    private const int SourceBlock = MixMatrixGains.MostSources;
    private const int FrameBlock = 64;

    // As many gains as stay near the core from block to block.
    private const int Cached = 1 << 16;

    /// <summary>
    /// Overwrites the mixes. There are sources.Length / frames sources and mixes.Length / frames mixes, or fewer where the gains do not
    /// hold them all; the rest is left alone. Mixes overlap neither sources nor gains.
    /// </summary>
    public static void Mix(ReadOnlySpan<float> sources, ReadOnlySpan<float> from, ReadOnlySpan<float> to, Span<float> mixes, int frames)
    {
        if (frames <= 0)
        {
            return;
        }

        int sourceCount = sources.Length / frames;
        int mixCount = mixes.Length / frames;
        if (sourceCount == 0)
        {
            mixes[..(mixCount * frames)].Clear();
            return;
        }

        mixCount = Math.Min(mixCount, Math.Min(from.Length, to.Length) / sourceCount);
        fixed (float* source = sources, first = from, last = to, mix = mixes)
        {
            Block block = new(source, first, last, mix, sourceCount, mixCount, frames);
            for (int frame = 0; frame < frames; frame += FrameBlock)
            {
                MixFrames(in block, frame, Math.Min(FrameBlock, frames - frame));
            }
        }
    }

    [SkipLocalsInit]
    private static void MixFrames(in Block block, int frame, int frames)
    {
        byte* lists = stackalloc byte[MixMatrixGains.MemoryBytes];
        float* memory = stackalloc float[(SourceBlock * FrameBlock) + 16];
        float* packed = (float*)(((nuint)memory + 63) & ~(nuint)63);
        for (int source = 0; source < block.Sources; source += SourceBlock)
        {
            int count = Math.Min(SourceBlock, block.Sources - source);
            float* samples = block.Source + ((nint)source * block.Frames) + frame;
            MixMatrixGains gains = new(block.From + source, block.To + source, block.Sources, count, 1f / block.Frames, lists);
            MixMatrixRow row = new(samples, block.Frames, frame, frames, source == 0);
            int done = 0;
            if (block.Mixes >= MixMatrixTile.Rows)
            {
                ulong wild = MixMatrixTile.Pack(samples, block.Frames, count, frames, packed);
                done = MixSixes(in block, ref gains, new MixMatrixTile(packed, count, frame, frames, source == 0), row, wild);
            }

            for (int mix = done; mix < block.Mixes; mix++)
            {
                gains.Take(mix, 1);
                row.Mix(in gains, block.MixAt(mix, frame));
            }
        }
    }

    private static int MixSixes(in Block block, ref MixMatrixGains gains, MixMatrixTile tile, MixMatrixRow single, ulong wild)
    {
        bool isLarge = (long)block.Mixes * block.Sources > Cached;
        int mix = 0;
        for (; mix <= block.Mixes - MixMatrixTile.Rows; mix += MixMatrixTile.Rows)
        {
            if (isLarge)
            {
                gains.Prefetch(mix + MixMatrixTile.Rows, block.Mixes);
            }

            gains.Take(mix, MixMatrixTile.Rows);
            if ((wild & gains.SilentInSome) == 0)
            {
                tile.Mix(in gains, block.MixAt(mix, tile.FirstFrame), block.Frames);
                continue;
            }

            // A source that is not all numbers, and silent in some of the six: multiplying it by zero would be heard there.
            for (int row = mix; row < mix + MixMatrixTile.Rows; row++)
            {
                gains.Take(row, 1);
                single.Mix(in gains, block.MixAt(row, tile.FirstFrame));
            }
        }

        return mix;
    }

    private readonly struct Block(float* source, float* from, float* to, float* mix, int sources, int mixes, int frames)
    {
        public float* Source { get; } = source;

        public float* From { get; } = from;

        public float* To { get; } = to;

        public int Sources { get; } = sources;

        public int Mixes { get; } = mixes;

        public int Frames { get; } = frames;

        public float* MixAt(int index, int frame) => mix + ((nint)index * Frames) + frame;
    }
}
