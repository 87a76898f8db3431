// SPDX-License-Identifier: MIT

namespace AudioMesh.Network.Jdat;

/// <summary>Everybody who is connected to a Unix socket. Who is too far behind misses whole lines; who takes nothing any more is disconnected.</summary>
internal sealed class UnixOutputPort(string path) : IJdatOutputPort
{
    private const int MostClients = 16;

    private readonly UnixListener _listener = new(path);
    private readonly List<UnixOutputClient> _clients = new(MostClients);
    private int _clientCount;
    private long _droppedLines;
    private long _droppedClients;

    public int Clients => Volatile.Read(ref _clientCount);

    public long DroppedLines => Volatile.Read(ref _droppedLines);

    public long DroppedClients => Volatile.Read(ref _droppedClients);

    public bool IsClosed => false;

    public void Send(ReadOnlySpan<byte> line, ref readonly bool isStopping)
    {
        foreach (UnixOutputClient client in _clients)
        {
            Volatile.Write(ref _droppedLines, _droppedLines + (client.TrySend(line) ? 0 : 1));
        }
    }

    public void Pump()
    {
        while (_listener.Accept() is { } socket)
        {
            if (_clients.Count < MostClients)
            {
                _clients.Add(new UnixOutputClient(socket));
            }
            else
            {
                socket.Dispose();
                Volatile.Write(ref _droppedClients, _droppedClients + 1);
            }
        }

        for (int i = _clients.Count - 1; i >= 0; i--)
        {
            UnixOutputClient client = _clients[i];
            client.Flush();
            if (client.IsGone || client.IsStalled)
            {
                Volatile.Write(ref _droppedClients, _droppedClients + (client.IsGone ? 0 : 1));
                client.Dispose();
                _clients.RemoveAt(i);
            }
        }

        Volatile.Write(ref _clientCount, _clients.Count);
    }

    public void Dispose()
    {
        _clients.ForEach(client => client.Dispose());
        _listener.Dispose();
    }
}
