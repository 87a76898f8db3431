// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Tests.Simulation;

/// <summary>Events by time; those of the same time in the order they came.</summary>
internal sealed class SimulationQueue
{
    private readonly PriorityQueue<Entry, (long TrueNs, long Order)> _queue = new();
    private long _order;

    public int Count => _queue.Count;

    public int MostWaiting { get; private set; }

    /// <param name="trueNs">When.</param>
    /// <param name="what">A <see cref="SimulatedTimer"/>, a <see cref="FlyingDatagram"/> or an <see cref="Action"/>.</param>
    /// <param name="version">Of the timer.</param>
    public void Add(long trueNs, object what, int version)
    {
        _queue.Enqueue(new Entry(what, version), (trueNs, _order++));
        MostWaiting = Math.Max(MostWaiting, _queue.Count);
    }

    /// <summary>Takes the next one, where it is not after <paramref name="lastTrueNs"/>.</summary>
    public bool TryTake(long lastTrueNs, out long trueNs, out object what, out int version)
    {
        if (!_queue.TryPeek(out Entry entry, out (long TrueNs, long Order) key) || key.TrueNs > lastTrueNs)
        {
            (trueNs, what, version) = (0, this, 0);
            return false;
        }

        _queue.Dequeue();
        (trueNs, what, version) = (key.TrueNs, entry.What, entry.Version);
        return true;
    }

    private readonly record struct Entry(object What, int Version);
}
