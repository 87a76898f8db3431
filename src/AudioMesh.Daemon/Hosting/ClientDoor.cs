// SPDX-License-Identifier: MIT
using System.Net.Sockets;
using AudioMesh.Control;
using AudioMesh.Daemon.Config;
using AudioMesh.Daemon.Engine;
using AudioMesh.Engine;

namespace AudioMesh.Daemon.Hosting;

/// <summary>Where clients come in, as the configuration has it.</summary>
internal sealed class ClientDoor : IAsyncDisposable
{
    private readonly ControlServer _server;
    private readonly ControlServerOptions _fixed;

    private ClientDoor(ControlServer server, ControlServerOptions options, string place) => (_server, _fixed, Place) = (server, options, place);

    /// <summary>Where it is, for people.</summary>
    public string Place { get; }

    /// <summary>Clients that are there now.</summary>
    public int Clients => _server.ClientCount;

    /// <summary>Requests so far.</summary>
    public (long Answered, long Refused) Requests => _server.RequestCounts;

    /// <summary>Listens, or takes over the socket that a service manager listens at. Throws DeviceBusy where another daemon does so, PermissionDenied, ...</summary>
    public static ClientDoor Open(AudioEngine engine, DaemonConfig config, Action onQuit)
    {
        SafeSocketHandle? activated = ActivatedSocket.Take();
        string path = activated is not null ? "the service manager's socket" : config.Socket.Path ?? ControlSocketPath.Choose();
        ControlServerOptions options = new()
        {
            SocketMode = config.Socket.Mode,
            SocketGroup = config.Socket.Group,
            Listener = activated,
            Graphs = new GraphStore(config.Graph.Folder ?? StateFolder.Graphs),
            OnQuit = onQuit,
        };
        return new ClientDoor(new ControlServer(engine, path, Over(options, config)), options, path);
    }

    /// <summary>Goes over to the roles, quotas and allowances of <paramref name="config"/>, for those who are connected, too.</summary>
    public void Use(DaemonConfig config) => _server.Update(Over(_fixed, config));

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static ControlServerOptions Over(ControlServerOptions options, DaemonConfig config) => options with
    {
        Roles = config.Roles.Roles,
        Quotas = config.Quotas,
        NodeTypes = DaemonNodes.ForPlayers(config),
        ListeningTypes = DaemonNodes.ForRecorders,
        FileFolders = config.Files.Folders,
    };
}
