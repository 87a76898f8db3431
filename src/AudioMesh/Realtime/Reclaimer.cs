// SPDX-License-Identifier: MIT
using System.Numerics;

namespace AudioMesh.Realtime;

/// <summary>
/// Takes what the render thread is done with to a control thread, which disposes it. When the queue is full the render thread
/// keeps the thing and hands it over in a later period: nothing is lost, and nothing is ever disposed on the render thread.
/// </summary>
public sealed class Reclaimer
{
    private readonly Slot[] _slots;
    private PaddedInt64 _retired;
    private PaddedInt64 _collected;
    private PaddedInt64 _refused;

    /// <summary>Makes room for <paramref name="capacity"/> things between two collections. For control threads: it allocates.</summary>
    /// <param name="capacity">A power of two.</param>
    /// <exception cref="AudioMeshException">InvalidArgument: it is not.</exception>
    public Reclaimer(int capacity)
    {
        if (capacity < 1 || !BitOperations.IsPow2(capacity))
        {
            throw new AudioMeshException(AudioErrorKind.InvalidArgument, $"Reclaimer capacity is {capacity}; allowed: a power of two.");
        }

        _slots = new Slot[capacity];
    }

    /// <summary>How often a thing was not taken because the queue was full.</summary>
    [RealtimeSafe]
    public long RefusedCount => Volatile.Read(ref _refused.Value);

    /// <summary>Hands <paramref name="done"/> over; false when there is no room: keep it, try again. For the one render thread.</summary>
    [RealtimeSafe]
    public bool TryRetire(IDisposable done)
    {
        long retired = _retired.Value;
        if (retired - Volatile.Read(ref _collected.Value) >= _slots.Length)
        {
            Volatile.Write(ref _refused.Value, _refused.Value + 1);
            return false;
        }

        _slots[(int)retired & (_slots.Length - 1)].Thing = done;
        Volatile.Write(ref _retired.Value, retired + 1);
        return true;
    }

    /// <summary>Disposes what has been handed over, oldest first. For one control thread at a time.</summary>
    /// <returns>How many things that were.</returns>
    /// <remarks>What a thing's Dispose throws comes out; that thing is gone, those after it wait for the next call.</remarks>
    public int Collect()
    {
        long first = _collected.Value;
        long end = Volatile.Read(ref _retired.Value);
        for (long at = first; at < end; at++)
        {
            ref Slot slot = ref _slots[(int)at & (_slots.Length - 1)];
            IDisposable done = slot.Thing!;
            slot.Thing = null;
            Volatile.Write(ref _collected.Value, at + 1);
            done.Dispose();
        }

        return (int)(end - first);
    }

    // Wrapped, so that storing one needs no check of the array's type.
    private struct Slot
    {
        public IDisposable? Thing;
    }
}
