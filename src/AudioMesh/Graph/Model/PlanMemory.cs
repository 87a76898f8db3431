// SPDX-License-Identifier: MIT
using AudioMesh.Realtime;

namespace AudioMesh.Graph;

/// <summary>A plan's blocks and the pointer arrays to them. Not the collector's memory: a few commits of a large graph would make it collect.</summary>
internal sealed unsafe class PlanMemory : IDisposable
{
    private readonly nuint _bytes;
    private readonly float* _blocks;
    private readonly float** _pointers;
    private int _used;

    public PlanMemory(List<GraphNode> nodes)
    {
        nuint channels = (nuint)Math.Max(1, nodes.Sum(node => node.InputChannels + node.OutputChannels));
        nuint blockBytes = channels * GraphFormat.MaxBlockFrames * sizeof(float);
        _bytes = blockBytes + (channels * (nuint)sizeof(float*));
        _blocks = (float*)RealtimeMemory.Allocate(_bytes);
        _pointers = (float**)((byte*)_blocks + blockBytes);
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

    public void Dispose() => RealtimeMemory.Free(_blocks, _bytes);
}
