// SPDX-License-Identifier: MIT
using System.Net;
using System.Net.Sockets;
using AudioMesh.Network.Sockets;
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

    private const int ProofMs = 5000;

    private readonly SessionKey _key;
    private readonly TakeServerOptions _options;
    private readonly TcpListening _listening;

    /// <summary>Listens. Throws InvalidArgument naming the option, NotFound for a folder or address that is not here, DeviceBusy where the port is taken, PermissionDenied.</summary>
    public TakeServer(SessionKey key, TakeServerOptions options)
    {
        options.Validate();
        (_key, _options) = (key, options with { Folder = Path.GetFullPath(options.Folder) });
        _listening = new TcpListening(options.Bind, options.MaxConnections, "Takes cannot be handed over", "bind", ServeAsync);
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint LocalEndPoint => _listening.LocalEndPoint;

    /// <summary>Connections now.</summary>
    public int Connections => _listening.Connections;

    /// <summary>Ends all connections.</summary>
    public void Dispose() => _listening.Dispose();

    private async Task ServeAsync(Socket socket, bool hasRoom, CancellationToken end)
    {
        if (!hasRoom)
        {
            return;
        }

        socket.NoDelay = true;
        await using NetworkStream stream = new(socket);
        using TakeLink link = await OpenAsync(stream, end).ConfigureAwait(false);
        await new TakeGuest(link, new TakeShelf(_options.Folder), ProofMs).RunAsync(end).ConfigureAwait(false);
    }

    private async Task<TakeLink> OpenAsync(NetworkStream stream, CancellationToken end)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(end);
        limit.CancelAfter(ProofMs);
        return await TakeLink.OpenAsync(stream, _key, isServer: true, limit.Token).ConfigureAwait(false);
    }
}
