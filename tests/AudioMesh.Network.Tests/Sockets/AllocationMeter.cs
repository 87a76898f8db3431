// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Network.Sockets;

namespace AudioMesh.Network.Tests.Sockets;

/// <summary>Counts what the thread that calls it allocates between its datagrams, but for the first hundred.</summary>
internal sealed class AllocationMeter : IDatagramHandler
{
    private int _received;
    private long _first;
    private long _allocated;

    public int Received => Volatile.Read(ref _received);

    public long Allocated => Volatile.Read(ref _allocated);

    public void Receive(in PeerAddress from, ReadOnlySpan<byte> datagram, MeshTime arrival)
    {
        long bytes = GC.GetAllocatedBytesForCurrentThread();
        if (_received == 100)
        {
            _first = bytes;
        }

        Volatile.Write(ref _allocated, _received > 100 ? bytes - _first : 0);
        Volatile.Write(ref _received, _received + 1);
    }

    public MeshTime Tick(MeshTime now) => now.Add(1_000_000_000);
}
