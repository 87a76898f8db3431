// SPDX-License-Identifier: MIT
using System.Net;
using System.Net.Sockets;
using AudioMesh.Network.Wire;

namespace AudioMesh.Network.Stems;

/// <summary>
/// Hands the finished takes of one folder to members of a session (docs/stems.md): authenticated and encrypted with the session's key, over TCP. Others find it where it is announced as a service
/// of type <see cref="ServiceType"/>. Any thread.
/// </summary>
public sealed class TakeServer : IDisposable
{
    /// <summary>What it is called in the registry.</summary>
    public const string ServiceType = "takes";

    private const int AcceptAgainMs = 50;
    private const int ProofMs = 5000;

    private readonly SessionKey _key;
    private readonly TakeServerOptions _options;
    private readonly Socket _listener;
    private readonly CancellationTokenSource _end = new();
    private int _connections;

    /// <summary>Listens. Throws InvalidArgument naming the option, NotFound for a folder or address that is not here, DeviceBusy where the port is taken, PermissionDenied.</summary>
    public TakeServer(SessionKey key, TakeServerOptions options)
    {
        options.Validate();
        (_key, _options) = (key, options with { Folder = Path.GetFullPath(options.Folder) });
        _listener = new Socket(options.Bind.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (options.Bind.Address.Equals(IPAddress.IPv6Any))
            {
                _listener.DualMode = true;
            }

            _listener.Bind(options.Bind);
            _listener.Listen(options.MaxConnections);
        }
        catch (SocketException error)
        {
            _listener.Dispose();
            AudioErrorKind kind = error.SocketErrorCode switch
            {
                SocketError.AddressAlreadyInUse => AudioErrorKind.DeviceBusy,
                SocketError.AddressNotAvailable => AudioErrorKind.NotFound,
                SocketError.AccessDenied => AudioErrorKind.PermissionDenied,
                _ => AudioErrorKind.DeviceUnavailable,
            };
            throw new AudioMeshException(kind, $"Takes cannot be handed over at {options.Bind}: {error.Message}.", error) { Field = "bind" };
        }

        LocalEndPoint = (IPEndPoint)_listener.LocalEndPoint!;
        _ = AcceptAsync();
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint LocalEndPoint { get; }

    /// <summary>Connections now.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <summary>Ends all connections.</summary>
    public void Dispose()
    {
        _end.Cancel();
        _listener.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            try
            {
                Socket socket = await _listener.AcceptAsync(_end.Token).ConfigureAwait(false);
                _ = Task.Run(() => ServeAsync(socket));
            }
            catch (Exception error) when (error is SocketException or ObjectDisposedException or OperationCanceledException)
            {
                if (error is not SocketException || _end.IsCancellationRequested)
                {
                    return;
                }

                await Task.Delay(AcceptAgainMs, CancellationToken.None).ConfigureAwait(false); // out of descriptors, or the peer is gone already
            }
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        await using NetworkStream stream = new(socket, ownsSocket: true);
        try
        {
            if (Interlocked.Increment(ref _connections) <= _options.MaxConnections)
            {
                socket.NoDelay = true;
                using TakeLink link = await OpenAsync(stream).ConfigureAwait(false);
                await new TakeGuest(link, new TakeShelf(_options.Folder), ProofMs).RunAsync(_end.Token).ConfigureAwait(false);
            }
        }
        catch (Exception error) when (error is AudioMeshException or OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // It is gone, too slow, or not of the session.
        }
        finally
        {
            Interlocked.Decrement(ref _connections);
        }
    }

    private async Task<TakeLink> OpenAsync(NetworkStream stream)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(_end.Token);
        limit.CancelAfter(ProofMs);
        return await TakeLink.OpenAsync(stream, _key, isServer: true, limit.Token).ConfigureAwait(false);
    }
}
