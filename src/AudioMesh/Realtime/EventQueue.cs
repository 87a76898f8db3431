// SPDX-License-Identifier: MIT
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AudioMesh.Realtime;

/// <summary>
/// A bounded queue of values from any number of threads to one. Pushing never waits: what does not fit is dropped and counted.
/// After D. Vyukov's bounded queue: each cell counts the rounds it has been through, so a pushing thread that stands still
/// between claiming a cell and filling it holds up what was pushed after it, and nobody else.
/// </summary>
public sealed class EventQueue<T>
    where T : unmanaged
{
    private readonly Cell[] _cells;
    private readonly int _mask;
    private PaddedInt64 _tail;
    private PaddedInt64 _head;
    private PaddedInt64 _dropped;

    /// <summary>Makes an empty queue for <paramref name="capacity"/> values. For control threads: it allocates.</summary>
    /// <param name="capacity">A power of two, 2 or more.</param>
    /// <exception cref="AudioMeshException">InvalidArgument: it is not.</exception>
    public EventQueue(int capacity)
    {
        if (capacity < 2 || !BitOperations.IsPow2(capacity))
        {
            throw new AudioMeshException(
                AudioErrorKind.InvalidArgument, $"Queue capacity is {capacity}; allowed: a power of two, 2 or more.");
        }

        _cells = new Cell[capacity];
        _mask = capacity - 1;
        for (int i = 0; i < capacity; i++)
        {
            _cells[i].Turn = i;
        }
    }

    /// <summary>How many values fit.</summary>
    [RealtimeSafe]
    public int Capacity => _cells.Length;

    /// <summary>How many values were dropped so far because the queue was full.</summary>
    [RealtimeSafe]
    public long DroppedCount => Volatile.Read(ref _dropped.Value);

    /// <summary>Appends <paramref name="value"/>, or drops and counts it when the queue is full. Any thread.</summary>
    [RealtimeSafe]
    public bool TryPush(in T value)
    {
        long tail = Volatile.Read(ref _tail.Value);
        while (true)
        {
            ref Cell cell = ref CellAt(tail);
            long rounds = Volatile.Read(ref cell.Turn) - tail;
            if (rounds < 0)
            {
                Interlocked.Increment(ref _dropped.Value);
                return false;
            }

            long claimed = rounds > 0 ? Volatile.Read(ref _tail.Value) : Interlocked.CompareExchange(ref _tail.Value, tail + 1, tail);
            if (rounds == 0 && claimed == tail)
            {
                cell.Value = value;
                Volatile.Write(ref cell.Turn, tail + 1);
                return true;
            }

            tail = claimed;
        }
    }

    /// <summary>Takes the oldest value, if there is one. For the one consuming thread.</summary>
    [RealtimeSafe]
    public bool TryPop(out T value)
    {
        long head = _head.Value;
        ref Cell cell = ref CellAt(head);
        if (Volatile.Read(ref cell.Turn) != head + 1)
        {
            value = default;
            return false;
        }

        value = cell.Value;
        Volatile.Write(ref cell.Turn, head + _cells.Length);
        _head.Value = head + 1;
        return true;
    }

    private ref Cell CellAt(long position) =>
        ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_cells), (nint)(position & _mask));

    private struct Cell
    {
        public long Turn;
        public T Value;
    }
}
