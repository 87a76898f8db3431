// SPDX-License-Identifier: MIT
using System.Net;
using System.Net.Sockets;

namespace AudioMesh.Network.Tests.Impairment;

/// <summary>Somebody who sends numbered datagrams and hears what comes back.</summary>
internal sealed class UdpClientSocket : IDisposable
{
    private const int TimeoutMs = 20_000;

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveBufferSize = 1 << 22 };
    private readonly byte[] _datagram = new byte[65536];

    public UdpClientSocket(IPEndPoint to) => _socket.Connect(to);

    public void Send(int number, int bytes = 64)
    {
        byte[] datagram = new byte[bytes];
        BitConverter.TryWriteBytes(datagram, number);
        _socket.Send(datagram);
    }

    /// <summary>The numbers of the next datagrams; fails when they do not come.</summary>
    public List<int> Hear(int count)
    {
        _socket.ReceiveTimeout = TimeoutMs;
        List<int> numbers = [];
        while (numbers.Count < count)
        {
            numbers.Add(BitConverter.ToInt32(_datagram.AsSpan(0, _socket.Receive(_datagram))));
        }

        return numbers;
    }

    public void Dispose() => _socket.Dispose();
}
