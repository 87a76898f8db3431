// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace AudioMesh.Kernels;

/// <summary>Memory on a boundary of 64 bytes, alike in every run.</summary>
internal sealed unsafe class Block<T> : IDisposable
    where T : unmanaged
{
    public Block(int count)
    {
        Count = count;
        Pointer = (T*)NativeMemory.AlignedAlloc((nuint)count * (nuint)sizeof(T), 64);
        Span.Clear();
    }

    public T* Pointer { get; }

    public int Count { get; }

    public Span<T> Span => new(Pointer, Count);

    public void Dispose() => NativeMemory.AlignedFree(Pointer);
}
