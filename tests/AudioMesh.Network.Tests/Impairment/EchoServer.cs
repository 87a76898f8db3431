// SPDX-License-Identifier: MIT
using System.Net;
using System.Net.Sockets;

namespace AudioMesh.Network.Tests.Impairment;

/// <summary>Sends every datagram back to where it came from.</summary>
internal sealed class EchoServer : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveBufferSize = 1 << 22 };
    private readonly Thread _thread;
    private volatile bool _isStopping;
    private long _heard;

    public EchoServer(IPAddress? address = null)
    {
        _socket.Bind(new IPEndPoint(address ?? IPAddress.Loopback, 0));
        _socket.ReceiveTimeout = 50;
        _thread = new Thread(Run) { IsBackground = true };
        _thread.Start();
    }

    public IPEndPoint EndPoint => (IPEndPoint)_socket.LocalEndPoint!;

    public long Heard => Interlocked.Read(ref _heard);

    public void Dispose()
    {
        _isStopping = true;
        _thread.Join();
        _socket.Dispose();
    }

    private void Run()
    {
        byte[] datagram = new byte[65536];
        SocketAddress from = new(AddressFamily.InterNetwork);
        while (!_isStopping)
        {
            try
            {
                int bytes = _socket.ReceiveFrom(datagram, SocketFlags.None, from);
                Interlocked.Increment(ref _heard);
                _socket.SendTo(datagram.AsSpan(0, bytes), SocketFlags.None, from);
            }
            catch (SocketException)
            {
            }
        }
    }
}
