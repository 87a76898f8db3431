// SPDX-License-Identifier: MIT
using AudioMesh.Network.Wire;

namespace AudioMesh.Network.Bus;

/// <summary>Bodies from the network's thread to the bus': bounded, for what does not fit is sent again.</summary>
internal sealed class BusInbox
{
    private const int Most = 4096;

    private readonly Lock _gate = new();
    private readonly Queue<(ulong Peer, MessageType Type, byte[] Body)> _bodies = new();

    public void Put(ulong peer, MessageType type, ReadOnlySpan<byte> body)
    {
        lock (_gate)
        {
            if (_bodies.Count < Most)
            {
                _bodies.Enqueue((peer, type, body.ToArray()));
            }
        }
    }

    public bool TryTake(out (ulong Peer, MessageType Type, byte[] Body) taken)
    {
        lock (_gate)
        {
            return _bodies.TryDequeue(out taken);
        }
    }
}
