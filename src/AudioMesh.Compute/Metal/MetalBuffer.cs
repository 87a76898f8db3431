// SPDX-License-Identifier: MIT
using AudioMesh.Compute.Metal.Interop;

namespace AudioMesh.Compute.Metal;

/// <summary>A buffer in memory that both sides share. Metal begins it on a page of its own, with zeros.</summary>
internal sealed unsafe class MetalBuffer : IComputeBuffer
{
    private readonly MetalFramework _metal;

    /// <param name="metal">The framework.</param>
    /// <param name="health">The device it is of.</param>
    /// <param name="buffer">An MTLBuffer that is owned from now on.</param>
    /// <param name="lengthBytes">Its length.</param>
    public MetalBuffer(MetalFramework metal, MetalHealth health, nint buffer, int lengthBytes)
    {
        _metal = metal;
        Health = health;
        Handle = buffer;
        LengthBytes = lengthBytes;
        Address = metal.Buffer.contents(buffer);
    }

    /// <summary>One for each opened device.</summary>
    public MetalHealth Health { get; }

    /// <summary>The MTLBuffer; nil once disposed of.</summary>
    public nint Handle { get; private set; }

    public int LengthBytes { get; }

    public byte* Address { get; private set; }

    public void Dispose()
    {
        _metal.ObjC.Release(Handle);
        Handle = 0;
        Address = null;
    }
}
