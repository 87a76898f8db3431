// SPDX-License-Identifier: MIT
using System.Net;
using System.Net.Sockets;

namespace AudioMesh.Network.Sockets;

/// <summary>Who listens by TCP: each connection is served by itself, closed when that ends, and one that fails disturbs no other. Any thread.</summary>
internal sealed class TcpListening : IDisposable
{
    private const int AcceptAgainMs = 50;

    private readonly Socket _listener;
    private readonly int _mostConnections;
    private readonly Func<Socket, bool, CancellationToken, Task> _serve;
    private readonly CancellationTokenSource _end = new();
    private int _connections;

    /// <summary>
    /// Listens at <paramref name="bind"/>, of which <paramref name="field"/> is the option. Throws DeviceBusy where the port is taken, NotFound where the address is not this machine's, PermissionDenied, DeviceUnavailable;
    /// their message begins with <paramref name="failure"/>.
    /// </summary>
    /// <param name="bind">Where; IPv6's any is IPv4's, too.</param>
    /// <param name="mostConnections">With more than these there is no room.</param>
    /// <param name="failure">What is not possible then.</param>
    /// <param name="field">The option's name.</param>
    /// <param name="serve">Serves a connection, and is told whether there is room for it.</param>
    public TcpListening(IPEndPoint bind, int mostConnections, string failure, string field, Func<Socket, bool, CancellationToken, Task> serve)
    {
        (_mostConnections, _serve) = (mostConnections, serve);
        _listener = new Socket(bind.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (bind.Address.Equals(IPAddress.IPv6Any))
            {
                _listener.DualMode = true;
            }

            _listener.Bind(bind);
            _listener.Listen(mostConnections);
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
            throw new AudioMeshException(kind, $"{failure} at {bind}: {error.Message}.", error) { Field = field };
        }

        LocalEndPoint = (IPEndPoint)_listener.LocalEndPoint!;
        _ = AcceptAsync();
    }

    public IPEndPoint LocalEndPoint { get; }

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
            catch (SocketException) when (!_end.IsCancellationRequested)
            {
                await Task.Delay(AcceptAgainMs, CancellationToken.None).ConfigureAwait(false); // out of descriptors, or the peer is gone already
            }
            catch (Exception error) when (error is SocketException or ObjectDisposedException or OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        using Socket owned = socket;
        try
        {
            bool hasRoom = Interlocked.Increment(ref _connections) <= _mostConnections;
            await _serve(socket, hasRoom, _end.Token).ConfigureAwait(false);
        }
        catch (Exception error) when (error is AudioMeshException or SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // It is gone, too slow, or may not; it was answered where it could be.
        }
        finally
        {
            Interlocked.Decrement(ref _connections);
        }
    }
}
