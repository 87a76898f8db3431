// SPDX-License-Identifier: MIT
using System.Numerics;

namespace AudioMesh.Compute.Kernels;

/// <summary>
/// Convolves each of many channels with an impulse response of its own, block by block and without delay: uniformly partitioned, in the
/// frequency domain. Each run takes the next block. The same bits on every device, and within -120 dB of the response's and the signal's level
/// of what double precision gives.
/// </summary>
public sealed class ConvolveProgram : KernelProgram
{
    /// <summary>
    /// Records it: blocks of <paramref name="block"/> frames (a power of two, 64 to 512), responses of at most <paramref name="responseFrames"/>.
    /// Throws <see cref="AudioErrorKind.InvalidArgument"/> for other sizes, and what the device throws.
    /// </summary>
    public ConvolveProgram(IComputeDevice device, int channels, int block, int responseFrames)
        : base(device, ComputeKernels.Convolve, Bytes(channels, block, responseFrames), (channels, 1, 1))
    {
        Channels = channels;
        Block = block;
        ResponseFrames = responseFrames;
        Partitions = Groups(responseFrames, block);
        Parameters<ConvolveState.Parameters>() = new() { Block = block, Partitions = Partitions };
        ConvolveTables.Fill(Buffer<float>(2), block);
    }

    /// <summary>How many channels.</summary>
    public int Channels { get; }

    /// <summary>Frames in a block.</summary>
    public int Block { get; }

    /// <summary>The most frames of a response.</summary>
    public int ResponseFrames { get; }

    private int Partitions { get; }

    /// <summary>The next block of a channel.</summary>
    public Span<float> Input(int channel) => Buffer<float>(1).Slice(channel * Block, Block);

    /// <summary>The block that came out of a channel.</summary>
    public ReadOnlySpan<float> Output(int channel) => Buffer<float>(7).Slice(channel * Block, Block);

    /// <summary>Gives a channel its response, at once: what it sounded so far ends without ringing out. Silent until the first.</summary>
    public void SetResponse(int channel, ReadOnlySpan<float> response)
    {
        Size(response.Length, 0, ResponseFrames, nameof(response));
        Span<double> tables = new double[4 * Block];
        Span<double> work = new double[2 * Block];
        ConvolveTables.Fill(tables, Block);
        Span<float> filter = Buffer<float>(3).Slice(channel * Partitions * 2 * Block, Partitions * 2 * Block);
        for (int partition = 0; partition < Partitions; partition++, filter = filter[(2 * Block)..])
        {
            work.Clear();
            ReadOnlySpan<float> part = response[Math.Min(partition * Block, response.Length)..];
            for (int n = 0; n < Math.Min(Block, part.Length); n++)
            {
                work[n] = part[n] / (double)Block;
            }

            ConvolveTables.Forward(tables, work[..Block], work[Block..]);
            for (int bin = 0; bin < 2 * Block; bin++)
            {
                filter[bin] = (float)work[bin];
            }
        }
    }

    /// <summary>Forgets what came before, as if it had been silence.</summary>
    public void Reset()
    {
        Buffer<float>(4).Clear();
        Buffer<float>(5).Clear();
    }

    private static long[] Bytes(int channels, int block, int responseFrames)
    {
        Size(channels, 1, MostGroups, nameof(channels));
        Size(responseFrames, 1, int.MaxValue - ConvolveKernel.MostBlock, nameof(responseFrames));
        if (block is < 64 or > ConvolveKernel.MostBlock || !BitOperations.IsPow2(block))
        {
            throw new AudioMeshException(AudioErrorKind.InvalidArgument, $"block is {block}.") { Field = nameof(block), Allowed = "64, 128, 256, 512" };
        }

        long plane = 4L * channels * block;
        long ring = 2 * plane * Groups(responseFrames, block);
        return [8, plane, 16L * block, ring, ring, plane, 4L * channels, plane];
    }
}
