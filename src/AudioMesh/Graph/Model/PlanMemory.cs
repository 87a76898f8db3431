// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using AudioMesh.Realtime;

namespace AudioMesh.Graph;

/// <summary>A plan's blocks and the pointer arrays to them.</summary>
internal sealed unsafe class PlanMemory : IDisposable
{
    private readonly BlockPool _blocks;
    private readonly float** _pointers;
    private int _used;

    public PlanMemory(List<GraphNode> nodes)
    {
        int channels = nodes.Sum(node => node.InputChannels + node.OutputChannels);
        _blocks = new BlockPool(Math.Max(channels, 1), GraphFormat.MaxBlockFrames);
        _pointers = (float**)NativeMemory.AllocZeroed((nuint)Math.Max(channels, 1), (nuint)sizeof(float*));
    }

    /// <summary>Pointers to <paramref name="channels"/> blocks of their own.</summary>
    public float** Take(int channels)
    {
        float** taken = _pointers + _used;
        for (int i = 0; i < channels; i++)
        {
            taken[i] = _blocks.Rent();
        }

        _used += channels;
        return taken;
    }

    public void Dispose()
    {
        for (int i = 0; i < _used; i++)
        {
            _blocks.Return(_pointers[i]);
        }

        NativeMemory.Free(_pointers);
    }
}
