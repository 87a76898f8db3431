// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Control.Server;
using AudioMesh.Engine;
using AudioMesh.Graph;

namespace AudioMesh.Control;

/// <summary>Reads the fields of one request; every error names the field and what was allowed.</summary>
internal readonly struct RequestReader(RequestElement root, RequestContext context)
{
    /// <summary>The descriptors that came with the request and go back with its reply; null where the door carries none.</summary>
    public DescriptorExchange? Descriptors => context.Descriptors;

    /// <summary>What its client may do.</summary>
    public ClientAccess Access => context.Access;

    /// <summary>An object that is part of this request.</summary>
    public RequestReader Part(RequestElement part) => new(part, context);

    /// <summary>A text field that must be there.</summary>
    public string Text(string field) => OptionalText(field) ?? throw Missing(field, "text");

    /// <summary>A text field, or null when it is not there.</summary>
    public string? OptionalText(string field)
    {
        if (!root.TryGetProperty(field, out RequestElement value))
        {
            return null;
        }

        return value.IsText ? value.GetText() : throw Wrong(field, "text");
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
        if (!root.TryGetProperty(field, out RequestElement value))
        {
            return fallback;
        }

        return value.IsNumber && value.TryGetInt32(out int number) ? number : throw Wrong(field, "a whole number");
    }

    /// <summary>A flag, or <paramref name="fallback"/> when it is not there.</summary>
    public bool Flag(string field, bool fallback)
    {
        if (!root.TryGetProperty(field, out RequestElement value))
        {
            return fallback;
        }

        return value.IsFlag ? value.GetFlag() : throw Wrong(field, "true or false");
    }

    /// <summary>A list of texts, empty when it is not there.</summary>
    public List<string> Texts(string field)
    {
        List<string> texts = [];
        if (!root.TryGetProperty(field, out RequestElement value))
        {
            return texts;
        }

        if (!value.IsArray)
        {
            throw Wrong(field, "a list of texts");
        }

        foreach (RequestElement item in value.Items())
        {
            texts.Add(item.IsText ? item.GetText() : throw Wrong(field, "a list of texts"));
        }

        return texts;
    }

    /// <summary>A list of objects, empty when it is not there.</summary>
    public List<RequestElement> Objects(string field)
    {
        if (!root.TryGetProperty(field, out RequestElement value))
        {
            return [];
        }

        return value.IsArray && value.Items() is { } items && items.TrueForAll(item => item.IsObject) ? items : throw Wrong(field, "a list of objects");
    }

    /// <summary>An object that must be there.</summary>
    public RequestReader Object(string field) => !root.TryGetProperty(field, out RequestElement value) ? throw Missing(field, "an object")
        : value.IsObject ? Part(value)
        : throw Wrong(field, "an object");

    /// <summary>The object <c>args</c>: numbers, flags and texts by name, until this is asked again.</summary>
    public Dictionary<string, ParameterValue> Arguments()
    {
        Dictionary<string, ParameterValue> arguments = context.Arguments;
        arguments.Clear();
        if (!root.TryGetProperty("args", out RequestElement value))
        {
            return arguments;
        }

        if (!value.IsObject)
        {
            throw Wrong("args", "an object");
        }

        int position = 0;
        while (value.TryNextField(ref position, out string name, out RequestElement argument))
        {
            arguments[name] = argument.IsNumber && argument.TryGetDouble(out double number) && double.IsFinite(number) ? number
                : argument.IsText ? argument.GetText()
                : argument.IsFlag ? argument.GetFlag()
                : throw Wrong($"args.{name}", "a number, text, true or false");
        }

        return arguments;
    }

    /// <summary>When and how slowly to set: <c>at</c> and <c>ramp_ms</c>, both or one or neither.</summary>
    public SetTiming Timing()
    {
        double? rampMs = null;
        MeshTime? at = null;
        if (root.TryGetProperty("ramp_ms", out RequestElement ramp))
        {
            rampMs = ramp.IsNumber && ramp.TryGetDouble(out double ms) ? ms : throw Wrong("ramp_ms", "a number");
        }

        if (root.TryGetProperty("at", out RequestElement time))
        {
            at = time.IsNumber && time.TryGetInt64(out long ns) && ns >= 0
                ? new MeshTime(ns)
                : throw Wrong("at", "a mesh time in nanoseconds");
        }

        return new SetTiming(rampMs, at);
    }

    /// <summary>A field as it stands, to be echoed; false when it is not there.</summary>
    public bool TryGetRaw(string field, out RequestElement value) => root.TryGetProperty(field, out value);

    private bool IsName(string field, out string name)
    {
        name = root.TryGetProperty(field, out RequestElement value) && value.IsText ? value.GetText() : "";
        return name.Length > 0;
    }

    private int NodeNumber(string field) => !root.TryGetProperty(field, out RequestElement value) ? throw Missing(field, "a node's id or name")
        : value.IsNumber && value.TryGetInt32(out int id) && id > 0 ? id
        : throw Wrong(field, "a node's id or name");

    private static AudioMeshException Missing(string field, string allowed) =>
        new(AudioErrorKind.InvalidArgument, $"The field '{field}' is missing.") { Field = field, Allowed = allowed };

    private static AudioMeshException Wrong(string field, string allowed) =>
        new(AudioErrorKind.InvalidArgument, $"The field '{field}' is not {allowed}.") { Field = field, Allowed = allowed };
}
