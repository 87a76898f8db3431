// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace AudioMesh.Compute.Cpu;

/// <summary>Memory of the process, aligned to cache lines.</summary>
internal sealed unsafe class CpuBuffer : IComputeBuffer
{
    private const nuint CacheLine = 64;

    public CpuBuffer(CpuDevice device, int lengthBytes)
    {
        if (lengthBytes < 1)
        {
            throw new AudioMeshException(AudioErrorKind.InvalidArgument, $"A buffer of {lengthBytes} bytes.") { Field = nameof(lengthBytes), Allowed = "1.." };
        }

        Device = device;
        LengthBytes = lengthBytes;
        try
        {
            Address = (byte*)NativeMemory.AlignedAlloc((nuint)lengthBytes, CacheLine);
        }
        catch (OutOfMemoryException e)
        {
            throw new AudioMeshException(AudioErrorKind.LimitExceeded, $"No memory for a buffer of {lengthBytes} bytes.", e);
        }

        NativeMemory.Clear(Address, (nuint)lengthBytes);
    }

    public CpuDevice Device { get; }

    public int LengthBytes { get; }

    public byte* Address { get; private set; }

    public void Dispose()
    {
        NativeMemory.AlignedFree(Address);
        Address = null;
    }
}
