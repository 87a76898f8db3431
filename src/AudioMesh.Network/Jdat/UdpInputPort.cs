// SPDX-License-Identifier: MIT
using System.Net;
using System.Net.Sockets;

namespace AudioMesh.Network.Jdat;

/// <summary>Datagrams of one line each.</summary>
internal sealed class UdpInputPort : IJdatInputPort
{
    private const int MostAtOnce = 256;

    private readonly Socket _socket;
    private readonly byte[] _bytes = new byte[65536];

    public UdpInputPort(IPEndPoint address)
    {
        _socket = new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp) { Blocking = false, ReceiveBufferSize = 1 << 20 };
        try
        {
            _socket.Bind(address);
        }
        catch (SocketException error)
        {
            _socket.Dispose();
            AudioErrorKind kind = error.SocketErrorCode == SocketError.AddressAlreadyInUse ? AudioErrorKind.DeviceBusy : AudioErrorKind.PermissionDenied;
            throw new AudioMeshException(kind, $"Cannot listen at udp:{address}: {error.Message}", error);
        }
    }

    public int Clients => 0;

    public long RefusedClients => 0;

    public bool Pump(JdatStream stream, int timeoutMs)
    {
        Descriptors.WaitReadable((int)_socket.Handle, timeoutMs);
        for (int i = 0; i < MostAtOnce; i++)
        {
            int count = _socket.Receive(_bytes, SocketFlags.None, out SocketError error);
            if (error != SocketError.Success)
            {
                break;
            }

            stream.TakeLine(_bytes.AsSpan(0, count));
        }

        return true;
    }

    public void Dispose() => _socket.Dispose();
}
