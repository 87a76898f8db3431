// SPDX-License-Identifier: MIT
using System.Text.Json;
using AudioMesh.Daemon.Config;
using AudioMesh.Daemon.Engine;
using AudioMesh.Graph;
using AudioMesh.Network.Session;
using AudioMesh.Plugins;

namespace AudioMesh.Daemon.Graphs;

/// <summary>Looks at a graph without making it: its names, types, arguments and connections. Files, devices and peers are not asked.</summary>
public static class GraphCheck
{
    /// <summary>Throws InvalidArgument, NotFound or FileInvalid for the first thing that a daemon with all its node types would refuse, naming the file and the place in it.</summary>
    public static void Run(GraphFile file)
    {
        using ToastHosts hosts = new();
        Run(file, DaemonNodes.Compose(new DaemonConfig(), hosts, new LadspaHost()), knowsPlugins: false);
    }

    /// <param name="file">What to look at.</param>
    /// <param name="types">What there is.</param>
    /// <param name="knowsPlugins">Whether they have the plug-ins that may be loaded; else arguments of plug-ins are taken as they are.</param>
    internal static void Run(GraphFile file, NodeCatalogue types, bool knowsPlugins)
    {
        GraphShape shape = new();
        int at = 0;
        foreach (JsonElement node in Objects(file, "nodes"))
        {
            Placed(file, $"graph.nodes[{at++}]", () => shape.Add(Text(node, "name"), CheckNode(node, types, knowsPlugins)));
        }

        at = 0;
        foreach (JsonElement connection in Objects(file, "connections"))
        {
            Placed(file, $"graph.connections[{at++}]", () => shape.Connect(Text(connection, "from"), Text(connection, "to")));
        }
    }

    private static NodeType CheckNode(JsonElement node, NodeCatalogue types, bool knowsPlugins)
    {
        NodeType type = types.Find(Text(node, "type"));
        Dictionary<string, ParameterValue> arguments = Arguments(node);
        if (type.Specialise is null || knowsPlugins)
        {
            _ = new NodeArguments(type.For(arguments), arguments);
        }

        return type;
    }

    private static JsonElement.ArrayEnumerator Objects(GraphFile file, string field)
    {
        if (!file.Graph.TryGetProperty(field, out JsonElement list))
        {
            return default;
        }

        return list.ValueKind == JsonValueKind.Array && list.EnumerateArray().All(item => item.ValueKind == JsonValueKind.Object)
            ? list.EnumerateArray()
            : throw new AudioMeshException(AudioErrorKind.FileInvalid, $"{file.Path}: {field} is no list of objects.") { Field = $"graph.{field}" };
    }

    private static Dictionary<string, ParameterValue> Arguments(JsonElement node)
    {
        Dictionary<string, ParameterValue> arguments = [];
        if (!node.TryGetProperty("args", out JsonElement args))
        {
            return arguments;
        }

        foreach (JsonProperty argument in args.ValueKind == JsonValueKind.Object ? args.EnumerateObject() : throw Wrong("args", "an object"))
        {
            arguments[argument.Name] = argument.Value.ValueKind switch
            {
                JsonValueKind.Number => argument.Value.GetDouble(),
                JsonValueKind.String => argument.Value.GetString()!,
                JsonValueKind.True => true,
                JsonValueKind.False => false,
                _ => throw Wrong($"args.{argument.Name}", "a number, text, true or false"),
            };
        }

        return arguments;
    }

    private static string Text(JsonElement from, string field) =>
        from.TryGetProperty(field, out JsonElement value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text
            ? text
            : throw Wrong(field, "text");

    private static AudioMeshException Wrong(string field, string allowed) =>
        new(AudioErrorKind.InvalidArgument, $"{field} is missing or not allowed: {allowed}.") { Field = field, Allowed = allowed };

    private static void Placed(GraphFile file, string place, Action check)
    {
        try
        {
            check();
        }
        catch (AudioMeshException error)
        {
            string field = error.Field is null ? place : $"{place}.{error.Field}";
            throw new AudioMeshException(error.Kind, $"{file.Path}: {field}: {error.Message}", error) { Field = field, Allowed = error.Allowed };
        }
    }
}
