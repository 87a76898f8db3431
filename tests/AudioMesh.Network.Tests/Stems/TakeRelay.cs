// SPDX-License-Identifier: MIT
using System.Net;
using System.Net.Sockets;

namespace AudioMesh.Network.Tests.Stems;

/// <summary>Stands between a client and a server of takes: passes bytes on, and does to them what is set.</summary>
internal sealed class TakeRelay : IDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly IPEndPoint _to;

    public TakeRelay(IPEndPoint to)
    {
        _to = to;
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
        _ = AcceptAsync();
    }

    public IPEndPoint LocalEndPoint => (IPEndPoint)_listener.LocalEndPoint!;

    /// <summary>After so many bytes from the server both sides are cut off, as by a host that dies.</summary>
    public long CutAfter { get; set; } = long.MaxValue;

    /// <summary>Which byte from the server has a bit turned.</summary>
    public long BendAt { get; set; } = -1;

    /// <summary>What clients said.</summary>
    public List<byte> Heard { get; } = [];

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                Socket client = await _listener.AcceptAsync();
                Socket server = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                await server.ConnectAsync(_to);
                _ = PassAsync(client, server, isFromServer: false);
                _ = PassAsync(server, client, isFromServer: true);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task PassAsync(Socket from, Socket to, bool isFromServer)
    {
        byte[] bytes = new byte[16 * 1024];
        try
        {
            long passed = 0;
            for (int length; (length = await from.ReceiveAsync(bytes)) > 0; passed += length)
            {
                if (isFromServer && BendAt >= passed && BendAt < passed + length)
                {
                    bytes[BendAt - passed] ^= 4;
                }

                if (!isFromServer)
                {
                    Heard.AddRange(bytes.AsSpan(0, length));
                }

                if (isFromServer && passed + length > CutAfter)
                {
                    // What is on its way arrives all the same: how much of it a reset would take along, nobody could say.
                    to.Shutdown(SocketShutdown.Send);
                    from.Dispose();
                    return;
                }

                await to.SendAsync(bytes.AsMemory(0, length));
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // One side is gone.
        }

        from.Dispose();
        to.Dispose();
    }
}
