// SPDX-License-Identifier: MIT
using System.Text.Json;
using AudioMesh.Clock;
using AudioMesh.Control.Server;
using AudioMesh.Engine;
using AudioMesh.Graph;

namespace AudioMesh.Control;

/// <summary>Reads the fields of one request; every error names the field and what was allowed.</summary>
internal readonly struct RequestReader(JsonElement root, RequestContext context)
{
    /// <summary>The descriptors that came with the request and go back with its reply; null where the door carries none.</summary>
    public DescriptorExchange? Descriptors => context.Descriptors;

    /// <summary>What its client may do.</summary>
    public ClientAccess Access => context.Access;

    /// <summary>An object that is part of this request.</summary>
    public RequestReader Part(JsonElement part) => new(part, context);

    /// <summary>A text field that must be there.</summary>
    public string Text(string field) => OptionalText(field) ?? throw Missing(field, "text");

    /// <summary>A text field, or null when it is not there.</summary>
    public string? OptionalText(string field)
    {
        if (!root.TryGetProperty(field, out JsonElement value))
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.String ? value.GetString() : throw Wrong(field, "text");
    }

    /// <summary>A node, by its number or name.</summary>
    public GraphNode Node(string field, GraphChange graph) =>
        IsName(field, out string name) ? graph.Find(name, field) : graph.Find(NodeNumber(field), field);

    /// <summary>A node, by its number or name.</summary>
    public GraphNode Node(string field, AudioEngine engine) =>
        IsName(field, out string name) ? engine.FindNode(name, field) : engine.FindNode(NodeNumber(field), field);

    /// <summary>A whole number, or <paramref name="fallback"/> when it is not there.</summary>
    public int Integer(string field, int fallback)
    {
        if (!root.TryGetProperty(field, out JsonElement value))
        {
            return fallback;
        }

        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number) ? number : throw Wrong(field, "a whole number");
    }

    /// <summary>A flag, or <paramref name="fallback"/> when it is not there.</summary>
    public bool Flag(string field, bool fallback)
    {
        if (!root.TryGetProperty(field, out JsonElement value))
        {
            return fallback;
        }

        return value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : throw Wrong(field, "true or false");
    }

    /// <summary>A list of texts, empty when it is not there.</summary>
    public List<string> Texts(string field)
    {
        List<string> texts = [];
        if (!root.TryGetProperty(field, out JsonElement value))
        {
            return texts;
        }

        if (value.ValueKind != JsonValueKind.Array)
        {
            throw Wrong(field, "a list of texts");
        }

        foreach (JsonElement item in value.EnumerateArray())
        {
            texts.Add(item.ValueKind == JsonValueKind.String ? item.GetString()! : throw Wrong(field, "a list of texts"));
        }

        return texts;
    }

    /// <summary>A list of objects, empty when it is not there.</summary>
    public List<JsonElement> Objects(string field)
    {
        if (!root.TryGetProperty(field, out JsonElement value))
        {
            return [];
        }

        return value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.Object)
            ? [.. value.EnumerateArray()]
            : throw Wrong(field, "a list of objects");
    }

    /// <summary>An object that must be there.</summary>
    public RequestReader Object(string field) => !root.TryGetProperty(field, out JsonElement value) ? throw Missing(field, "an object")
        : value.ValueKind == JsonValueKind.Object ? Part(value)
        : throw Wrong(field, "an object");

    /// <summary>The object <c>args</c>: numbers, flags and texts by name.</summary>
    public Dictionary<string, ParameterValue> Arguments()
    {
        Dictionary<string, ParameterValue> arguments = [];
        if (!root.TryGetProperty("args", out JsonElement value))
        {
            return arguments;
        }

        if (value.ValueKind != JsonValueKind.Object)
        {
            throw Wrong("args", "an object");
        }

        foreach (JsonProperty property in value.EnumerateObject())
        {
            arguments[property.Name] = property.Value.ValueKind switch
            {
                JsonValueKind.Number when property.Value.TryGetDouble(out double number) && double.IsFinite(number) => number,
                JsonValueKind.String => property.Value.GetString()!,
                JsonValueKind.True => true,
                JsonValueKind.False => false,
                _ => throw Wrong($"args.{property.Name}", "a number, text, true or false"),
            };
        }

        return arguments;
    }

    /// <summary>When and how slowly to set: <c>at</c> and <c>ramp_ms</c>, both or one or neither.</summary>
    public SetTiming Timing()
    {
        double? rampMs = null;
        MeshTime? at = null;
        if (root.TryGetProperty("ramp_ms", out JsonElement ramp))
        {
            rampMs = ramp.ValueKind == JsonValueKind.Number && ramp.TryGetDouble(out double ms) ? ms : throw Wrong("ramp_ms", "a number");
        }

        if (root.TryGetProperty("at", out JsonElement time))
        {
            at = time.ValueKind == JsonValueKind.Number && time.TryGetInt64(out long ns) && ns >= 0
                ? new MeshTime(ns)
                : throw Wrong("at", "a mesh time in nanoseconds");
        }

        return new SetTiming(rampMs, at);
    }

    /// <summary>A field as it stands, to be echoed; false when it is not there.</summary>
    public bool TryGetRaw(string field, out JsonElement value) => root.TryGetProperty(field, out value);

    private bool IsName(string field, out string name)
    {
        name = root.TryGetProperty(field, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
        return name.Length > 0;
    }

    private int NodeNumber(string field) => !root.TryGetProperty(field, out JsonElement value) ? throw Missing(field, "a node's id or name")
        : value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int id) && id > 0 ? id
        : throw Wrong(field, "a node's id or name");

    private static AudioMeshException Missing(string field, string allowed) =>
        new(AudioErrorKind.InvalidArgument, $"The field '{field}' is missing.") { Field = field, Allowed = allowed };

    private static AudioMeshException Wrong(string field, string allowed) =>
        new(AudioErrorKind.InvalidArgument, $"The field '{field}' is not {allowed}.") { Field = field, Allowed = allowed };
}
