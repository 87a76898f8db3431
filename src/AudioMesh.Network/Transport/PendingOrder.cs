// SPDX-License-Identifier: MIT
using AudioMesh.Realtime;

namespace AudioMesh.Network.Transport;

/// <summary>An order and whose it is: of those who may still take it back, or of the device thread.</summary>
internal sealed class PendingOrder(TransportOrder order)
{
    private const int Waiting = 0, Taken = 1, Cancelled = 2;
    private int _state;

    public TransportOrder Order => order;

    public bool IsWaiting => Volatile.Read(ref _state) == Waiting;

    /// <summary>Device thread.</summary>
    [RealtimeSafe]
    public bool TryTake() => Interlocked.CompareExchange(ref _state, Taken, Waiting) == Waiting;

    public bool TryCancel() => Interlocked.CompareExchange(ref _state, Cancelled, Waiting) == Waiting;
}
