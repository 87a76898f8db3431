// SPDX-License-Identifier: MIT
using System.Text.Json;
using AudioMesh.Control.Server;
using AudioMesh.Engine;
using AudioMesh.Graph;

namespace AudioMesh.Control;

/// <summary>
/// A whole graph written down: its nodes by name with what they were made and set to, and its connections. Applied to an engine it changes only what
/// differs, so that applying it twice is applying it once. What is a client's alone is written down as such, and never applied, changed or removed.
/// </summary>
internal static class GraphDocument
{
    /// <summary>Writes what is everybody's of the graph as a field of the open object.</summary>
    public static void WritePublic(
        Utf8JsonWriter writer, string field, (IReadOnlyList<GraphNode> Nodes, IReadOnlyList<(int From, int To)> Connections) graph)
    {
        GraphNode[] nodes = [.. graph.Nodes.Where(ClientAccess.IsPublic)];
        HashSet<int> ids = [.. nodes.Select(node => node.Id)];
        Write(writer, field, (nodes, [.. graph.Connections.Where(connection => ids.Contains(connection.From) && ids.Contains(connection.To))]));
    }

    /// <summary>Writes the graph as a field of the open object.</summary>
    public static void Write(
        Utf8JsonWriter writer, string field, (IReadOnlyList<GraphNode> Nodes, IReadOnlyList<(int From, int To)> Connections) graph)
    {
        (IReadOnlyList<GraphNode> nodes, IReadOnlyList<(int From, int To)> connections) = graph;
        Dictionary<int, string> names = nodes.ToDictionary(node => node.Id, node => node.Name);
        writer.WriteStartObject(field);
        writer.WriteStartArray("nodes");
        foreach (GraphNode node in nodes)
        {
            writer.WriteStartObject();
            writer.WriteString("name", node.Name);
            writer.WriteString("type", node.Type.Name);
            if (!ClientAccess.IsPublic(node))
            {
                writer.WriteNumber("owner", node.Owner!.Client);
                writer.WriteBoolean("public", false);
            }

            NodeWriter.WriteSettings(writer, node);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("connections");
        foreach ((int from, int to) in connections)
        {
            writer.WriteStartObject();
            writer.WriteString("from", names[from]);
            writer.WriteString("to", names[to]);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <summary>Makes the engine's graph that of <paramref name="document"/>, and writes what that took as fields of the open object.</summary>
    public static void Apply(RequestReader document, AudioEngine engine, Utf8JsonWriter writer)
    {
        List<RequestElement> nodes = document.Objects("nodes");
        List<RequestElement> connections = document.Objects("connections");
        GraphDifference difference = new();
        engine.Change(change =>
        {
            HashSet<string> wanted = new(StringComparer.Ordinal);
            HashSet<string> leftAlone = new(StringComparer.Ordinal);
            for (int i = 0; i < nodes.Count; i++)
            {
                Named(() => PlaceNode(document.Part(nodes[i]), wanted, leftAlone, change, difference), $"graph.nodes[{i}]");
            }

            foreach (GraphNode node in change.Nodes.Where(node => ClientAccess.IsPublic(node) && !wanted.Contains(node.Name)).ToArray())
            {
                difference.Removed.Add(node.Name);
                change.DestroyNode(node);
            }

            PlaceConnections(document, connections, leftAlone, change, difference);
        });
        difference.Write(writer);
    }

    private static void PlaceNode(
        RequestReader request, HashSet<string> wanted, HashSet<string> leftAlone, GraphChange change, GraphDifference difference)
    {
        string name = request.Text("name");
        if (!request.Flag("public", true))
        {
            leftAlone.Add(name);
            return;
        }

        Dictionary<string, ParameterValue> arguments = request.Arguments();
        NodeType type = change.Types.Find(request.Text("type")).For(arguments);
        if (name.Length == 0 || !wanted.Add(name))
        {
            throw new AudioMeshException(AudioErrorKind.InvalidArgument, $"The name '{name}' is empty or given twice.") { Field = "name" };
        }

        GraphNode? present = change.Topology.FindOrNull(name) is { } known && ClientAccess.IsPublic(known) ? known : null;
        if (present is not null && present.Type == type && !NeedsAnother(present, arguments))
        {
            Dictionary<string, ParameterValue> changed = type.Parameters.Where(parameter => Differs(present, parameter, arguments))
                .ToDictionary(parameter => parameter.Name, parameter => Wanted(parameter, arguments)!.Value);
            if (changed.Count > 0)
            {
                difference.Changed.Add(name);
                change.SetParameters(present, changed);
            }

            return;
        }

        if (present is null)
        {
            difference.Created.Add(name);
            change.CreateNode(type.Name, arguments, name);
        }
        else
        {
            Replace(present, type, arguments, change, difference);
        }
    }

    // What clients had connected to the old one is connected to the new one.
    private static void Replace(
        GraphNode present, NodeType type, Dictionary<string, ParameterValue> arguments, GraphChange change, GraphDifference difference)
    {
        (GraphNode From, GraphNode To)[] kept = [.. change.Connections.Where(
            edge => (edge.From == present && !ClientAccess.IsPublic(edge.To)) || (edge.To == present && !ClientAccess.IsPublic(edge.From)))];
        difference.Removed.Add(present.Name);
        change.DestroyNode(present);
        difference.Created.Add(present.Name);
        GraphNode created = change.CreateNode(type.Name, arguments, present.Name);
        foreach ((GraphNode from, GraphNode to) in kept)
        {
            GraphNode newFrom = from == present ? created : from;
            GraphNode newTo = to == present ? created : to;
            if (newFrom.OutputChannels > 0 && newTo.InputChannels > 0)
            {
                change.Connect(newFrom, newTo);
            }
        }
    }

    private static bool NeedsAnother(GraphNode present, Dictionary<string, ParameterValue> arguments) =>
        arguments.Keys.Any(name => present.Type.Find(name) is null or { IsReadOnly: true })
        || present.Type.Parameters.Any(parameter => !parameter.IsLive && Differs(present, parameter, arguments));

    private static bool Differs(GraphNode present, ParameterDescriptor parameter, Dictionary<string, ParameterValue> arguments) =>
        !parameter.IsReadOnly && !parameter.MovesByItself
        && Wanted(parameter, arguments) is { } wanted && NodeWriter.Setting(present, parameter) is { } has && has != wanted;

    // What is not written down is to be as it is by default.
    private static ParameterValue? Wanted(ParameterDescriptor parameter, Dictionary<string, ParameterValue> arguments) =>
        arguments.TryGetValue(parameter.Name, out ParameterValue given) ? given : parameter.Default;

    private static void PlaceConnections(
        RequestReader document, List<RequestElement> connections, HashSet<string> leftAlone, GraphChange change, GraphDifference difference)
    {
        HashSet<(GraphNode From, GraphNode To)> wanted = [];
        for (int i = 0; i < connections.Count; i++)
        {
            RequestReader request = document.Part(connections[i]);
            Named(
                () =>
                {
                    (string from, string to) = (request.Text("from"), request.Text("to"));
                    if (!leftAlone.Contains(from) && !leftAlone.Contains(to))
                    {
                        wanted.Add((change.Find(from, "from"), change.Find(to, "to")));
                    }
                },
                $"graph.connections[{i}]");
        }

        HashSet<(GraphNode From, GraphNode To)> present = [.. change.Connections];
        foreach ((GraphNode from, GraphNode to) in present.Except(wanted).Where(edge => ClientAccess.IsPublic(edge.From) && ClientAccess.IsPublic(edge.To)))
        {
            difference.Disconnected++;
            change.Disconnect(from, to);
        }

        foreach ((GraphNode from, GraphNode to) in wanted.Except(present))
        {
            difference.Connected++;
            change.Connect(from, to);
        }
    }

    private static void Named(Action place, string where)
    {
        try
        {
            place();
        }
        catch (AudioMeshException error)
        {
            throw new AudioMeshException(error.Kind, error.Message, error)
            {
                Field = error.Field is null ? where : $"{where}.{error.Field}",
                Allowed = error.Allowed,
            };
        }
    }
}
