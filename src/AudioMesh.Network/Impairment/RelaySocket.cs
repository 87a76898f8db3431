// SPDX-License-Identifier: MIT
using System.Net;
using System.Net.Sockets;

namespace AudioMesh.Network.Impairment;

/// <summary>The sockets of a relay.</summary>
internal static class RelaySocket
{
    private const int BufferBytes = 1 << 20;

    // poll(2) may promise a datagram that its checksum then takes away.
    private const int ReceiveTimeoutMs = 1;

    public static Socket Create(AddressFamily family) => new(family, SocketType.Dgram, ProtocolType.Udp)
    {
        ReceiveBufferSize = BufferBytes,
        SendBufferSize = BufferBytes,
        ReceiveTimeout = ReceiveTimeoutMs,
    };

    /// <summary>One that the target answers to; on the loopback where that is there.</summary>
    public static Socket CreateToward(IPEndPoint target)
    {
        Socket socket = Create(target.AddressFamily);
        bool isV6 = target.AddressFamily == AddressFamily.InterNetworkV6;
        IPAddress local = IPAddress.IsLoopback(target.Address)
            ? (isV6 ? IPAddress.IPv6Loopback : IPAddress.Loopback)
            : (isV6 ? IPAddress.IPv6Any : IPAddress.Any);
        socket.Bind(new IPEndPoint(local, 0));
        return socket;
    }
}
