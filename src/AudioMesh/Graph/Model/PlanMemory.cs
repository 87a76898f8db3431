// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace AudioMesh.Graph;

/// <summary>A plan's blocks and the pointer arrays to them. Not the collector's memory: a few commits of a large graph would make it collect.</summary>
internal sealed unsafe class PlanMemory : IDisposable
{
    private const nuint LineBytes = 64;
    private readonly float* _blocks;
    private readonly float** _pointers;
    private int _used;

    public PlanMemory(List<GraphNode> nodes)
    {
        nuint channels = (nuint)Math.Max(1, nodes.Sum(node => node.InputChannels + node.OutputChannels));
        nuint bytes = channels * GraphFormat.MaxBlockFrames * sizeof(float);
        _blocks = (float*)NativeMemory.AlignedAlloc(bytes, LineBytes);
        NativeMemory.Clear(_blocks, bytes);
        _pointers = (float**)NativeMemory.AllocZeroed(channels, (nuint)sizeof(float*));
    }

    /// <summary>Pointers to <paramref name="channels"/> blocks of their own.</summary>
    public float** Take(int channels)
    {
        float** taken = _pointers + _used;
        for (int i = 0; i < channels; i++)
        {
            taken[i] = _blocks + ((_used + i) * GraphFormat.MaxBlockFrames);
        }

        _used += channels;
        return taken;
    }

    public void Dispose()
    {
        NativeMemory.AlignedFree(_blocks);
        NativeMemory.Free(_pointers);
    }
}
