// SPDX-License-Identifier: MIT
using System.Net.Sockets;
using AudioMesh.Graph;
using AudioMesh.Graph.Nodes;

namespace AudioMesh.Control;

/// <summary>How a <see cref="ControlServer"/> offers its engine.</summary>
public sealed record ControlServerOptions
{
    /// <summary>Who may open the socket's file; read and write is what it takes.</summary>
    public UnixFileMode SocketMode { get; init; } =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite;

    /// <summary>The group of the socket's file, by name or number; null leaves it as the system makes it.</summary>
    public string? SocketGroup { get; init; }

    /// <summary>A socket that listens already, as a service manager hands over; the server owns it, and leaves its file alone. Null: the server makes one.</summary>
    public SafeSocketHandle? Listener { get; init; }

    /// <summary>Who may do what.</summary>
    public ClientRoles Roles { get; init; } = new();

    /// <summary>What one client may have at once.</summary>
    public ClientQuotas Quotas { get; init; } = new();

    /// <summary>The node types that clients below <see cref="ClientRole.Admin"/> may make: those of this package, if not said otherwise.</summary>
    public IReadOnlyCollection<string> NodeTypes { get; init; } = [.. NodeCatalogue.CreateDefault().Types.Select(type => type.Name)];

    /// <summary>Those of them that bring in sound which is nobody's own, and so take <see cref="ClientRole.Record"/>: what the device records and plays, if not said otherwise.</summary>
    public IReadOnlyCollection<string> ListeningTypes { get; init; } = [DeviceSourceNode.NodeType.Name, TapNode.NodeType.Name];

    /// <summary>
    /// The folders whose files the nodes of clients below <see cref="ClientRole.Admin"/> may read and write, since it is this process that opens them. They must be
    /// such that these clients cannot make links there.
    /// </summary>
    public IReadOnlyList<string> FileFolders { get; init; } = [];

    /// <summary>Where <c>save</c> keeps graphs and <c>load</c> finds them; null refuses both.</summary>
    public GraphStore? Graphs { get; init; }

    /// <summary>Called by <c>quit</c>, on the thread that serves the client; it must not wait for the server. Null refuses it.</summary>
    public Action? OnQuit { get; init; }
}
