// SPDX-License-Identifier: MIT
using System.Buffers;
using System.Net.Sockets;
using AudioMesh.Control.Server;
using AudioMesh.Engine;

namespace AudioMesh.Control;

/// <summary>
/// Offers an engine on a Unix socket (docs/control-protocol.md): requests, replies and events as lines or frames, descriptors beside them; every client with a role, a
/// share, and nodes of its own that go when it goes.
/// </summary>
public sealed class ControlServer : IAsyncDisposable
{
    private const int ReservedForAdmins = 8;
    private const int StackBytes = 512 << 10;
    private const int AcceptPauseMs = 50;

    /// <summary>What is reckoned with while no device is open.</summary>
    private const int UsualRate = 48000;

    private readonly AudioEngine _engine;
    private readonly ListeningSocket _listener;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private readonly Dictionary<ClientConnection, (ControlClient Client, Thread Thread)> _connections = [];
    private readonly Task _accepting;
    private volatile ControlServerOptions _options;
    private int _lastClient;
    private long _requestsOfGone;
    private long _refusedOfGone;

    /// <summary>
    /// Listens at <paramref name="path"/>, or at the listener that <paramref name="options"/> bring. Throws DeviceBusy when another engine answers there,
    /// InvalidArgument when a file is there that is no socket, NotFound for an unknown group, PermissionDenied when the system refuses. A socket that a dead
    /// engine left is replaced.
    /// </summary>
    public ControlServer(AudioEngine engine, string path, ControlServerOptions? options = null)
    {
        _engine = engine;
        _options = options ?? new ControlServerOptions();
        _listener = new ListeningSocket(path, _options);
        _accepting = AcceptAsync();
    }

    /// <summary>How many clients are connected. Any thread.</summary>
    public int ClientCount => Clients().Count;

    /// <summary>Requests carried out and refused because they came too fast, of clients that are gone, too. Any thread.</summary>
    public (long Answered, long Refused) RequestCounts
    {
        get
        {
            lock (_gate)
            {
                return (
                    _requestsOfGone + _connections.Values.Sum(connection => connection.Client.Requests),
                    _refusedOfGone + _connections.Values.Sum(connection => connection.Client.Refused));
            }
        }
    }

    /// <summary>Takes over the roles, quotas, node types and file folders of <paramref name="options"/>, for clients that are connected, too. Any thread.</summary>
    public void Update(ControlServerOptions options) => _options = options;

    /// <summary>Ends every conversation, frees what clients owned and removes the socket.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_stop.IsCancellationRequested)
        {
            return;
        }

        await _stop.CancelAsync().ConfigureAwait(false);
        await _accepting.ConfigureAwait(false);
        _listener.Dispose();
        await Task.Run(EndAll).ConfigureAwait(false);
        _stop.Dispose();
    }

    private void EndAll()
    {
        KeyValuePair<ClientConnection, (ControlClient Client, Thread Thread)>[] all;
        lock (_gate)
        {
            all = [.. _connections];
        }

        foreach ((ClientConnection connection, _) in all)
        {
            connection.End();
        }

        foreach ((_, (_, Thread thread)) in all)
        {
            thread.Join();
        }
    }

    private List<ControlClient> Clients()
    {
        lock (_gate)
        {
            return [.. _connections.Values.Select(connection => connection.Client).OrderBy(client => client.Id)];
        }
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                Welcome(await _listener.Socket.AcceptAsync(_stop.Token).ConfigureAwait(false));
            }
            catch (OperationCanceledException)
            {
            }
            catch (Exception error) when (error is SocketException or IOException or ObjectDisposedException)
            {
                // Out of descriptors, for one: those who wait are let in when there are some again.
                await Task.Delay(AcceptPauseMs).ConfigureAwait(false);
            }
        }
    }

    private void Welcome(Socket socket)
    {
        try
        {
            ControlClient client = new(++_lastClient, PeerCredentials.Of(socket), () => _options);
            RequirePlace(client);
            ClientAccess access = new(client, Clients, () => _engine.Stream?.Rate ?? UsualRate);
            ControlSession session = new(_engine, new ControlSessionOptions { Graphs = _options.Graphs, OnQuit = _options.OnQuit, Access = access });
            client.EventsDropped = () => session.EventsDropped;
            try
            {
                Begin(new ClientConnection(socket, client, session), client);
            }
            catch
            {
                session.Dispose();
                throw;
            }
        }
        catch (AudioMeshException error)
        {
            Refuse(socket, error);
        }
    }

    private void RequirePlace(ControlClient client)
    {
        int present = ClientCount;
        int places = client.Quotas.Connections + (client.Role == ClientRole.Admin ? ReservedForAdmins : 0);
        if (client.Role == ClientRole.None)
        {
            throw new AudioMeshException(AudioErrorKind.PermissionDenied, $"User {client.Peer.User} has no role here.");
        }

        if (present >= places)
        {
            throw new AudioMeshException(AudioErrorKind.QuotaExceeded, $"{present} clients are connected already.")
            {
                Field = "connections",
                Allowed = $"{places}",
            };
        }
    }

    private static void Refuse(Socket socket, AudioMeshException error)
    {
        using DescriptorSocket refused = new(socket);
        ArrayBufferWriter<byte> text = new();
        ErrorWriter.WriteReply(text, error);
        text.Write("\n"u8);
        try
        {
            refused.Send(text.WrittenSpan, []);
        }
        catch (IOException)
        {
        }
    }

    private void Begin(ClientConnection connection, ControlClient client)
    {
        Thread thread = new(() => Serve(connection, client), StackBytes) { IsBackground = true, Name = $"am-client-{client.Id}" };
        lock (_gate)
        {
            _connections.Add(connection, (client, thread));
        }

        try
        {
            thread.Start();
        }
        catch (OutOfMemoryException error)
        {
            Forget(connection);
            throw new AudioMeshException(AudioErrorKind.LimitExceeded, $"The system has no thread for another client: {error.Message}", error);
        }
    }

    private void Serve(ClientConnection connection, ControlClient client)
    {
        try
        {
            connection.Run();
        }
        finally
        {
            connection.Dispose();
            OwnedNodes.Release(_engine, client.Id);
            Forget(connection);
        }
    }

    private void Forget(ClientConnection connection)
    {
        lock (_gate)
        {
            if (_connections.Remove(connection, out (ControlClient Client, Thread Thread) gone))
            {
                _requestsOfGone += gone.Client.Requests;
                _refusedOfGone += gone.Client.Refused;
            }
        }
    }
}
