// SPDX-License-Identifier: MIT
using System.Net.Sockets;

namespace AudioMesh.Network.Jdat;

/// <summary>Whoever is connected to a Unix socket, one after the other: two at once would be mixed up line by line, so the second is turned away.</summary>
internal sealed class UnixInputPort(string path) : IJdatInputPort
{
    private readonly UnixListener _listener = new(path);
    private readonly byte[] _bytes = new byte[65536];
    private Socket? _client;
    private long _refusedClients;

    public int Clients => Volatile.Read(ref _client) is null ? 0 : 1;

    public long RefusedClients => Volatile.Read(ref _refusedClients);

    public bool Pump(JdatStream stream, int timeoutMs)
    {
        int client = _client is { } connected ? (int)connected.Handle : _listener.Descriptor;
        Descriptors.WaitReadable(_listener.Descriptor, client, timeoutMs);
        Receive(stream);
        if (_listener.Accept() is not { } next)
        {
            return true;
        }

        if (_client is null)
        {
            Volatile.Write(ref _client, next);
        }
        else
        {
            next.Dispose();
            Volatile.Write(ref _refusedClients, _refusedClients + 1);
        }

        return true;
    }

    public void Dispose()
    {
        _client?.Dispose();
        _listener.Dispose();
    }

    private void Receive(JdatStream stream)
    {
        if (_client is not { } client)
        {
            return;
        }

        int count = client.Receive(_bytes, SocketFlags.None, out SocketError error);
        if (error == SocketError.WouldBlock)
        {
            return;
        }

        if (error != SocketError.Success || count == 0)
        {
            stream.Finish();
            client.Dispose();
            Volatile.Write(ref _client, null);
            return;
        }

        stream.Feed(_bytes.AsSpan(0, count));
    }
}
