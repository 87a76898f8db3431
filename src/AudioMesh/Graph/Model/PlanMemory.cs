// SPDX-License-Identifier: MIT
using AudioMesh.Realtime;

namespace AudioMesh.Graph;

/// <summary>A plan's blocks and the pointer arrays to them. Not the collector's memory: a few commits of a large graph would make it collect.</summary>
internal sealed unsafe class PlanMemory : IDisposable
{
    private const int LineFloats = 16;

    private readonly int _stride;
    private readonly nuint _bytes;
    private readonly float* _blocks;
    private readonly float** _pointers;
    private int _used;

    /// <summary>Room for <paramref name="blocks"/> that steps hand on, and for one step's mixed input and parts of its blocks.</summary>
    /// <param name="blocks">Blocks of one channel.</param>
    /// <param name="mostChannels">The most channels that a step has on a side.</param>
    /// <param name="pointers">Channels of all steps.</param>
    /// <param name="blockFrames">The most frames in a block.</param>
    public PlanMemory(int blocks, int mostChannels, int pointers, int blockFrames)
    {
        // An odd number of lines, so that blocks do not all fall into the same sets of a cache.
        _stride = (((blockFrames + LineFloats - 1) / LineFloats) | 1) * LineFloats;
        nuint blockBytes = (nuint)(blocks + mostChannels) * (nuint)_stride * sizeof(float);
        _bytes = blockBytes + ((nuint)(pointers + (3 * mostChannels)) * (nuint)sizeof(float*));
        _blocks = (float*)RealtimeMemory.Allocate(_bytes);
        _pointers = (float**)((byte*)_blocks + blockBytes);
        Mixed = TakeRun(blocks, mostChannels);
        InputParts = TakeRun(blocks, mostChannels);
        OutputParts = TakeRun(blocks, mostChannels);
    }

    /// <summary>Where a step's inputs are added up.</summary>
    public float** Mixed { get; }

    /// <summary>Room for pointers into a step's input.</summary>
    public float** InputParts { get; }

    /// <summary>Room for pointers into a step's output.</summary>
    public float** OutputParts { get; }

    /// <summary>Pointers to blocks by their numbers.</summary>
    public float** Take(ReadOnlySpan<int> blocks)
    {
        float** taken = _pointers + _used;
        for (int i = 0; i < blocks.Length; i++)
        {
            taken[i] = _blocks + (blocks[i] * _stride);
        }

        _used += blocks.Length;
        return taken;
    }

    public void Dispose() => RealtimeMemory.Free(_blocks, _bytes);

    private float** TakeRun(int first, int count)
    {
        float** taken = _pointers + _used;
        for (int i = 0; i < count; i++)
        {
            taken[i] = _blocks + ((first + i) * _stride);
        }

        _used += count;
        return taken;
    }
}
