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
    // Sources of a tile, which stays in the first-level cache while mixes take their part of it.
    private const int SourceBlock = MixMatrixGains.MostSources;

    // Mixes that take their part of one tile before the next: so many pages of gains the processor keeps in mind.
    private const int MixBlock = 16 * MixMatrixTile.Rows;

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
            for (int frame = 0; frame < frames; frame += MixMatrixTile.Frames)
            {
                int held = Math.Min(MixMatrixTile.Frames, frames - frame);

                // Where they lie, sources are read when they lie close together, or once.
                bool isPacked = held % MixMatrixTile.Width != 0 || (frames > MixMatrixTile.Frames && mixCount > MixMatrixTile.Rows);
                if (isPacked)
                {
                    MixPacked(in block, frame, held);
                }
                else
                {
                    MixFrames(in block, frame, held, null);
                }
            }
        }
    }

    [SkipLocalsInit]
    private static void MixPacked(in Block block, int frame, int frames)
    {
        float* memory = stackalloc float[(SourceBlock * MixMatrixTile.Frames) + 16];
        MixFrames(in block, frame, frames, (float*)(((nuint)memory + 63) & ~(nuint)63));
    }

    [SkipLocalsInit]
    private static void MixFrames(in Block block, int frame, int frames, float* packed)
    {
        byte* lists = stackalloc byte[MixMatrixGains.MemoryBytes];
        for (int mix = 0; mix < block.Mixes; mix += MixBlock)
        {
            int mixes = Math.Min(MixBlock, block.Mixes - mix);
            for (int source = 0; source < block.Sources; source += SourceBlock)
            {
                int count = Math.Min(SourceBlock, block.Sources - source);
                float* samples = block.Source + ((nint)source * block.Frames) + frame;
                nint stride = block.Frames;
                if (packed != null)
                {
                    MixMatrixTile.Pack(samples, stride, count, frames, packed);
                    samples = packed;
                    stride = MixMatrixTile.Frames;
                }

                nint first = ((nint)mix * block.Sources) + source;
                MixMatrixGains gains = new(block.From + first, block.To + first, block.Sources, count, stride, 1f / block.Frames, lists);
                MixMatrixTile tile = new(samples, stride, frame, frames, source == 0);
                MixSixes(in block, ref gains, in tile, mix, mixes);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void MixSixes(in Block block, ref MixMatrixGains gains, ref readonly MixMatrixTile tile, int firstMix, int mixes)
    {
        bool isLarge = (long)block.Mixes * block.Sources > Cached;
        ulong tame = 0;
        for (int mix = 0; mix < mixes; mix += MixMatrixTile.Rows)
        {
            if (isLarge)
            {
                gains.Prefetch(mix + MixMatrixTile.Rows, mixes);
            }

            int rows = Math.Min(MixMatrixTile.Rows, mixes - mix);
            gains.Take(mix, rows);
            float* to = block.MixAt(firstMix + mix, tile.FirstFrame);
            ulong unknown = gains.SilentInSome & ~tame;
            if (unknown == 0 || !tile.IsAnyWild(unknown))
            {
                tame |= unknown;
                tile.Mix(in gains, rows, to, block.Frames);
                continue;
            }

            // A source that is not all numbers, and silent in some of them: multiplying it by zero would be heard there.
            for (int row = 0; row < rows; row++)
            {
                gains.Take(mix + row, 1);
                tile.Mix(in gains, 1, to + ((nint)row * block.Frames), block.Frames);
            }
        }
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
