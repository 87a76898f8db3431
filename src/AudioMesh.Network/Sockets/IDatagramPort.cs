// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Sockets;

/// <summary>Where datagrams leave: a UDP socket, or in tests a simulated network.</summary>
public interface IDatagramPort
{
    /// <summary>Sends one datagram; what cannot be sent at once is dropped and counted, as on any network. Never throws, allocates nothing.</summary>
    void Send(in PeerAddress to, ReadOnlySpan<byte> datagram);
}
