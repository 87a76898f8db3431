// SPDX-License-Identifier: MIT
namespace AudioMesh.Compute;

/// <summary>Memory that processor and device both see, mapped for as long as it lives. Starts as zeros.</summary>
public unsafe interface IComputeBuffer : IDisposable
{
    /// <summary>Its size in bytes.</summary>
    int LengthBytes { get; }

    /// <summary>Where it is mapped, aligned to at least 64 bytes. What is written before a submission its kernels see; what they write is seen once it is done.</summary>
    byte* Address { get; }
}
