// SPDX-License-Identifier: MIT
using AudioMesh.Realtime;

namespace AudioMesh.Network.Transport;

/// <summary>Orders by time, from any thread to one device thread.</summary>
internal sealed class OrderBook
{
    private const int MostWaiting = 64;
    private const int MostKept = 256;
    private readonly Lock _gate = new();
    private readonly List<PendingOrder> _known = [];
    private PendingOrder[] _waiting = [];

    public TransportRefusal Add(TransportOrder order)
    {
        lock (_gate)
        {
            if (_known.Find(known => known.Order.Id == order.Id) is { } same)
            {
                return same.Order == order ? default : new TransportRefusal("id_reused", $"Another order is called {order.Id:x16}.");
            }

            List<PendingOrder> waiting = [.. _waiting.Where(pending => pending.IsWaiting)];
            if (waiting.Count == MostWaiting)
            {
                return new TransportRefusal("busy", $"{MostWaiting} orders wait already.");
            }

            PendingOrder added = new(order);
            int place = waiting.FindIndex(pending => pending.Order.At > order.At);
            waiting.Insert(place < 0 ? waiting.Count : place, added);
            _known.Add(added);
            if (_known.Count > MostKept)
            {
                _known.RemoveAll(known => !known.IsWaiting && known != added);
            }

            Volatile.Write(ref _waiting, [.. waiting]);
            return default;
        }
    }

    public bool Cancel(ulong id)
    {
        lock (_gate)
        {
            return _known.Find(known => known.Order.Id == id)?.TryCancel() ?? false;
        }
    }

    /// <summary>The earliest order that waits; null for none. Device thread.</summary>
    [RealtimeSafe]
    public PendingOrder? Next()
    {
        foreach (PendingOrder pending in Volatile.Read(ref _waiting))
        {
            if (pending.IsWaiting)
            {
                return pending;
            }
        }

        return null;
    }
}
