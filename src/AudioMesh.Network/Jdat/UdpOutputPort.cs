// SPDX-License-Identifier: MIT
using System.Net;
using System.Net.Sockets;

namespace AudioMesh.Network.Jdat;

/// <summary>A line a datagram, to one address. What cannot be sent at once, or is longer than a datagram, is dropped.</summary>
internal sealed class UdpOutputPort : IJdatOutputPort
{
    private readonly Socket _socket;
    private long _droppedLines;

    public UdpOutputPort(IPEndPoint address)
    {
        _socket = new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp) { Blocking = false, SendBufferSize = 1 << 20 };
        try
        {
            _socket.Connect(address);
        }
        catch (SocketException error)
        {
            _socket.Dispose();
            throw new AudioMeshException(AudioErrorKind.PermissionDenied, $"Cannot send to udp:{address}: {error.Message}", error);
        }
    }

    public int Clients => 0;

    public long DroppedLines => Volatile.Read(ref _droppedLines);

    public long DroppedClients => 0;

    public bool IsClosed => false;

    public void Send(ReadOnlySpan<byte> line, ref readonly bool isStopping)
    {
        _socket.Send(line, SocketFlags.None, out SocketError error);
        Volatile.Write(ref _droppedLines, _droppedLines + (error == SocketError.Success ? 0 : 1));
    }

    public void Pump()
    {
    }

    public void Dispose() => _socket.Dispose();
}
