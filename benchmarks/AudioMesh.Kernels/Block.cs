// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace AudioMesh.Kernels;

/// <summary>
/// Memory on a boundary of 64 bytes that lies alike in every run: no two blocks in a row begin at nearly the same place of their pages, where
/// a load seems to hang on an earlier store.
/// </summary>
internal sealed unsafe class Block<T> : IDisposable
    where T : unmanaged
{
    private const int Page = 4096;
    private readonly void* _memory;

    public Block(int count, int place = 0)
    {
        Count = count;
        _memory = NativeMemory.AlignedAlloc(((nuint)count * (nuint)sizeof(T)) + Page, Page);
        Pointer = (T*)((byte*)_memory + (place * Page / 8));
        Span.Clear();
    }

    public T* Pointer { get; }

    public int Count { get; }

    public Span<T> Span => new(Pointer, Count);

    public void Dispose() => NativeMemory.AlignedFree(_memory);
}
