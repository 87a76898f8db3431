// SPDX-License-Identifier: MIT
using AudioMesh.Clock;

namespace AudioMesh.Network.Sockets;

/// <summary>Takes what arrives. Everything that speaks a protocol is one, and is told the time, so that it runs on sockets and in simulations alike.</summary>
public interface IDatagramHandler
{
    /// <summary>
    /// One datagram, which is trusted in nothing. <paramref name="arrival"/> is this host's monotonic clock when it came, from the kernel where that tells. Allocates nothing once a peer is known.
    /// </summary>
    void Receive(in PeerAddress from, ReadOnlySpan<byte> datagram, MeshTime arrival);

    /// <summary>Does what is due at <paramref name="now"/>, and returns when it wants to be called again.</summary>
    MeshTime Tick(MeshTime now);
}
