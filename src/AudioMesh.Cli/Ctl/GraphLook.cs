// SPDX-License-Identifier: MIT
using System.Text.Json;

namespace AudioMesh.Cli.Ctl;

/// <summary>A daemon's nodes and connections, as <c>list</c> tells them.</summary>
internal sealed class GraphLook
{
    private readonly List<GraphLookNode> _nodes = [];
    private readonly List<(int From, int To)> _connections = [];

    public GraphLook(JsonElement reply)
    {
        foreach (JsonElement node in reply.GetProperty("nodes").EnumerateArray())
        {
            _nodes.Add(new GraphLookNode(
                node.GetProperty("id").GetInt32(),
                node.GetProperty("name").GetString()!,
                node.GetProperty("type").GetString()!,
                string.Join(' ', node.GetProperty("args").EnumerateObject().Select(argument => $"{argument.Name}={argument.Value}"))));
        }

        foreach (JsonElement connection in reply.GetProperty("connections").EnumerateArray())
        {
            _connections.Add((connection.GetProperty("from").GetInt32(), connection.GetProperty("to").GetInt32()));
        }
    }

    public IReadOnlyList<GraphLookNode> Nodes => _nodes;

    public IReadOnlyList<(int From, int To)> Connections => _connections;

    /// <summary>Those that nobody hears further: what is heard begins there.</summary>
    public IEnumerable<GraphLookNode> Ends => _nodes.Where(node => !_connections.Exists(connection => connection.From == node.Id));

    /// <summary>What goes into a node.</summary>
    public IEnumerable<GraphLookNode> Into(int id) =>
        _connections.Where(connection => connection.To == id).Select(connection => _nodes.Find(node => node.Id == connection.From)!);
}
