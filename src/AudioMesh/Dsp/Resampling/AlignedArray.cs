// SPDX-License-Identifier: MIT
namespace AudioMesh.Dsp;

/// <summary>Zeroed memory that the collector frees and never moves, beginning on a cache line.</summary>
internal sealed unsafe class AlignedArray<T>
    where T : unmanaged
{
    private const int LineBytes = 64;
    private readonly T[] _memory;

    public AlignedArray(int length)
    {
        Length = length;
        _memory = GC.AllocateArray<T>(length + (LineBytes / sizeof(T)), pinned: true);
        fixed (T* first = _memory)
        {
            Start = (T*)(((nuint)first + LineBytes - 1) / LineBytes * LineBytes);
        }
    }

    public T* Start { get; }

    public int Length { get; }
}
