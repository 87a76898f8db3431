// SPDX-License-Identifier: MIT
using System.Text.Json;
using AudioMesh.Engine;
using AudioMesh.Graph;
using AudioMesh.Graph.Nodes;
using AudioMesh.Realtime;
using Microsoft.Win32.SafeHandles;

namespace AudioMesh.Control;

/// <summary>The commands that change the graph: each of them alone, or many as one <c>batch</c>.</summary>
internal sealed class GraphCommands(AudioEngine engine)
{
    private static readonly SortedDictionary<string, Action<RequestReader, GraphChange, Utf8JsonWriter>> Edits = new(StringComparer.Ordinal)
    {
        ["create_node"] = CreateNode,
        ["destroy_node"] = (request, change, _) => change.DestroyNode(OwnNode(request, change)),
        ["connect"] = Connect,
        ["disconnect"] = Disconnect,
        ["set"] = Set,
    };

    /// <summary>What changes the graph by one edit.</summary>
    public static IEnumerable<string> Names => Edits.Keys;

    /// <summary>One edit.</summary>
    public void Run(string name, RequestReader request, Utf8JsonWriter writer) =>
        engine.Change((Edits[name], request, writer), static (change, edit) => edit.Item1(edit.request, change, edit.writer));

    /// <summary>Many edits, all or none of them; an error says which one failed.</summary>
    public void RunBatch(RequestReader request, Utf8JsonWriter writer)
    {
        List<RequestElement> requests = request.Objects("requests");
        writer.WriteStartArray("replies");
        engine.Change(change =>
        {
            for (int i = 0; i < requests.Count; i++)
            {
                RunPart(request.Part(requests[i]), i, change, writer);
            }
        });
        writer.WriteEndArray();
    }

    private static void RunPart(RequestReader request, int index, GraphChange change, Utf8JsonWriter writer)
    {
        try
        {
            string name = request.Text("cmd");
            if (!Edits.TryGetValue(name, out Action<RequestReader, GraphChange, Utf8JsonWriter>? edit))
            {
                throw new AudioMeshException(AudioErrorKind.Protocol, $"A batch takes no '{name}'.")
                {
                    Field = "cmd",
                    Allowed = string.Join(", ", Edits.Keys),
                };
            }

            writer.WriteStartObject();
            writer.WriteBoolean("ok", true);
            edit(request, change, writer);
            ErrorWriter.WriteTag(writer, request);
            writer.WriteEndObject();
        }
        catch (AudioMeshException error)
        {
            throw new AudioMeshException(error.Kind, $"Request {index} of the batch: {error.Message}", error)
            {
                Field = error.Field is null ? $"requests[{index}]" : $"requests[{index}].{error.Field}",
                Allowed = error.Allowed,
            };
        }
    }

    private static GraphNode OwnNode(RequestReader request, GraphChange change)
    {
        GraphNode node = request.Node("id", change);
        request.Access.RequireChange(node, "id");
        return node;
    }

    private static void Set(RequestReader request, GraphChange change, Utf8JsonWriter writer)
    {
        GraphNode node = OwnNode(request, change);
        Dictionary<string, ParameterValue> values = request.Arguments();
        SetTiming timing = request.Timing();
        if (!timing.IsPlain)
        {
            change.SetParameters(node, values, timing);
            return;
        }

        foreach ((string parameter, ParameterValue value) in values)
        {
            change.SetParameter(node, parameter, value);
        }
    }

    private static void Connect(RequestReader request, GraphChange change, Utf8JsonWriter writer)
    {
        (GraphNode from, GraphNode to) = Ends(request, change);
        request.Access.RequireHearing(from);
        change.Connect(from, to);
    }

    private static void Disconnect(RequestReader request, GraphChange change, Utf8JsonWriter writer)
    {
        (GraphNode from, GraphNode to) = Ends(request, change);
        change.Disconnect(from, to);
    }

    private static (GraphNode From, GraphNode To) Ends(RequestReader request, GraphChange change)
    {
        GraphNode from = request.Node("from", change);
        GraphNode to = request.Node("to", change);
        request.Access.RequireJoin(from, to);
        return (from, to);
    }

    private static void CreateNode(RequestReader request, GraphChange change, Utf8JsonWriter writer)
    {
        string type = request.Text("type");
        Dictionary<string, ParameterValue> arguments = request.Arguments();
        bool isPublic = request.Flag("public", false);
        request.Access.RequireRoom(change, change.Types.Find(type), arguments, isPublic);
        using SafeFileHandle? memory = arguments.GetValueOrDefault("memfd", -1).Number >= 0 ? request.Descriptors?.Take() : null;
        RingOffer? offer = request.Descriptors is null ? null : new RingOffer(memory);
        GraphNode node = change.CreateNode(type, arguments, request.OptionalText("name") ?? "", offer);
        node.Owner = request.Access.OwnerOfNew(isPublic);
        writer.WriteNumber("id", node.Id);
        if (node is IRingNode { Ring: { } ring })
        {
            WriteRing(writer, ring, request.Descriptors);
        }
    }

    private static void WriteRing(Utf8JsonWriter writer, FrameRing ring, DescriptorExchange? descriptors)
    {
        writer.WriteStartObject("ring");
        writer.WriteNumber("bytes", ring.Bytes);
        writer.WriteNumber("frames", ring.CapacityFrames);
        writer.WriteNumber("channels", ring.Channels);
        writer.WriteNumber("rate", ring.Rate);
        if (ring.SharedPath is { } path)
        {
            writer.WriteString("path", path);
        }

        if (ring.HasDescriptor && descriptors is not null)
        {
            descriptors.Give(ring.ShareDescriptor());
            writer.WriteBoolean("descriptor", true);
        }

        writer.WriteEndObject();
    }
}
