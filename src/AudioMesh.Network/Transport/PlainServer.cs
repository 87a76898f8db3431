// SPDX-License-Identifier: MIT
using System.Net;
using System.Net.Sockets;
using AudioMesh.Network.Sockets;

namespace AudioMesh.Network.Transport;

/// <summary>
/// The plain protocol (docs/protocols/plain.md): TCP, a command a line, each answered by <c>OK</c> or <c>ERR</c>. For scripts and controllers that know nothing of the mesh;
/// times are seconds since 1970. It commands one agent. Any thread.
/// </summary>
public sealed class PlainServer : IDisposable
{
    private readonly TransportAgent _agent;
    private readonly PlainOptions _options;
    private readonly TcpListening _listening;

    /// <summary>Listens. Throws InvalidArgument naming the option, DeviceBusy where the port is taken, NotFound where the address is not this machine's.</summary>
    public PlainServer(TransportAgent agent, PlainOptions options)
    {
        options.Validate();
        (_agent, _options) = (agent, options);
        _listening = new TcpListening(options.Bind, options.MaxConnections, "plain: cannot listen", "plain", ServeAsync);
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint LocalEndPoint => _listening.LocalEndPoint;

    /// <summary>Connections now.</summary>
    public int Connections => _listening.Connections;

    /// <summary>Ends all connections.</summary>
    public void Dispose() => _listening.Dispose();

    private async Task ServeAsync(Socket socket, bool hasRoom, CancellationToken end)
    {
        IPAddress remote = ((IPEndPoint)socket.RemoteEndPoint!).Address;
        remote = remote.IsIPv4MappedToIPv6 ? remote.MapToIPv4() : remote;
        bool isTrusted = IPAddress.IsLoopback(remote) || _options.Allow.Contains(remote);
        PlainConnection connection = new(socket, _agent, _options, isTrusted, end);
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
}
