// SPDX-License-Identifier: MIT
using System.Net;
using System.Net.Sockets;

namespace AudioMesh.Network.Transport;

/// <summary>
/// The plain protocol (docs/protocols/plain.md): TCP, a command a line, each answered by <c>OK</c> or <c>ERR</c>. For scripts and controllers that know nothing of the mesh;
/// times are seconds since 1970. It commands one agent. Any thread.
/// </summary>
public sealed class PlainServer : IDisposable
{
    private readonly TransportAgent _agent;
    private readonly PlainOptions _options;
    private readonly Socket _listener;
    private readonly CancellationTokenSource _end = new();
    private int _connections;

    /// <summary>Listens. Throws InvalidArgument naming the option, DeviceBusy where the port is taken, NotFound where the address is not this machine's.</summary>
    public PlainServer(TransportAgent agent, PlainOptions options)
    {
        options.Validate();
        (_agent, _options) = (agent, options);
        _listener = new Socket(options.Bind.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
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
            throw new AudioMeshException(kind, $"plain: cannot listen at {options.Bind}: {error.Message}.", error) { Field = "plain" };
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
            Socket socket;
            try
            {
                socket = await _listener.AcceptAsync(_end.Token).ConfigureAwait(false);
            }
            catch (Exception error) when (error is SocketException or ObjectDisposedException or OperationCanceledException)
            {
                if (error is SocketException && !_end.IsCancellationRequested)
                {
                    await Task.Delay(50, CancellationToken.None).ConfigureAwait(false); // out of descriptors, or the peer is gone already
                    continue;
                }

                return;
            }

            _ = ServeAsync(socket);
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        using Socket owned = socket;
        bool hasRoom = Interlocked.Increment(ref _connections) <= _options.MaxConnections;
        try
        {
            IPAddress remote = ((IPEndPoint)socket.RemoteEndPoint!).Address;
            remote = remote.IsIPv4MappedToIPv6 ? remote.MapToIPv4() : remote;
            bool isTrusted = IPAddress.IsLoopback(remote) || _options.Allow.Contains(remote);
            PlainConnection connection = new(socket, _agent, _options, isTrusted, _end.Token);
            if (!hasRoom)
            {
                await connection.RefuseAsync(new TransportRefusal("busy", $"{_options.MaxConnections} connections are open already.")).ConfigureAwait(false);
            }
            else if (!isTrusted && _options.Key.Length == 0)
            {
                await connection.RefuseAsync(new TransportRefusal("address", "Your address may not command here.")).ConfigureAwait(false);
            }
            else
            {
                await connection.RunAsync().ConfigureAwait(false);
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // It is gone, or too slow; it was answered where it could be.
        }
        finally
        {
            Interlocked.Decrement(ref _connections);
        }
    }
}
