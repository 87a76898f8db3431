// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace AudioMesh.Compute.Kernels;

/// <summary>The buffers of <c>convolve</c> as one channel sees them.</summary>
internal readonly unsafe ref struct ConvolveState
{
    private readonly float* _filter;
    private readonly float* _history;
    private readonly int* _slot;

    public ConvolveState(in KernelCall call, int channel)
    {
        Parameters parameters = *call.Buffer<Parameters>(0);
        Block = parameters.Block;
        Partitions = parameters.Partitions;
        long ring = 2L * channel * Partitions * Block;
        Input = new(call.Buffer<float>(1) + ((long)channel * Block), Block);
        Tables = new(call.Buffer<float>(2), 4 * Block);
        _filter = call.Buffer<float>(3) + ring;
        _history = call.Buffer<float>(4) + ring;
        Tail = new(call.Buffer<float>(5) + ((long)channel * Block), Block);
        _slot = call.Buffer<int>(6) + channel;
        Output = new(call.Buffer<float>(7) + ((long)channel * Block), Block);
    }

    public int Block { get; }

    public int Partitions { get; }

    public ReadOnlySpan<float> Input { get; }

    public ReadOnlySpan<float> Tables { get; }

    public Span<float> Tail { get; }

    public Span<float> Output { get; }

    /// <summary>A partition of the filter, its real parts first.</summary>
    public ReadOnlySpan<float> Filter(int partition) => new(_filter + (2L * partition * Block), 2 * Block);

    /// <summary>The spectrum of the block that came so many blocks before this one.</summary>
    public Span<float> Spectrum(int blocksAgo)
    {
        int slot = *_slot - blocksAgo;
        return new(_history + (2L * (slot < 0 ? slot + Partitions : slot) * Block), 2 * Block);
    }

    public void Advance() => *_slot = *_slot + 1 == Partitions ? 0 : *_slot + 1;

    /// <summary>Binding 0.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Parameters
    {
        public int Block;
        public int Partitions;
    }
}
