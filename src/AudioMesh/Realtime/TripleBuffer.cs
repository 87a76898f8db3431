// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;

namespace AudioMesh.Realtime;

/// <summary>
/// The latest value, from one writing thread to one reading thread: neither waits, the reader never sees half a value, and
/// values nobody read in time are replaced.
/// </summary>
public sealed unsafe class TripleBuffer<T>
    where T : unmanaged
{
    private const int LineBytes = 64;
    private const int IndexMask = 3;
    private const int FreshBit = 4;

    private readonly byte[] _pinned;
    private readonly byte* _slots;
    private readonly nint _slotBytes;
    private int _back;
    private int _front = 1;
    private PaddedInt32 _middle;

    /// <summary>Makes a buffer whose first read gives <paramref name="initial"/>, as not new. For control threads: it allocates.</summary>
    public TripleBuffer(T initial = default)
    {
        _slotBytes = (sizeof(T) + LineBytes - 1) & -LineBytes;
        _pinned = GC.AllocateArray<byte>(checked((3 * (int)_slotBytes) + LineBytes), pinned: true);
        byte* start = (byte*)Unsafe.AsPointer(ref _pinned[0]);
        _slots = (byte*)(((nint)start + LineBytes - 1) & -LineBytes);
        Slot(_front) = initial;
        _middle.Value = 2;
    }

    /// <summary>Makes <paramref name="value"/> the latest. For the one writing thread.</summary>
    [RealtimeSafe]
    public void Write(in T value)
    {
        Slot(_back) = value;
        _back = Interlocked.Exchange(ref _middle.Value, _back | FreshBit) & IndexMask;
    }

    /// <summary>The latest value, in place: it stays as it is until the next read. For the one reading thread.</summary>
    /// <param name="isNew">Whether it has been written since the last read.</param>
    [RealtimeSafe]
    public ref readonly T Read(out bool isNew)
    {
        isNew = (Volatile.Read(ref _middle.Value) & FreshBit) != 0;
        if (isNew)
        {
            _front = Interlocked.Exchange(ref _middle.Value, _front) & IndexMask;
        }

        return ref Slot(_front);
    }

    private ref T Slot(int index) => ref Unsafe.AsRef<T>(_slots + (index * _slotBytes));
}
