// SPDX-License-Identifier: MIT
using System.Text.Json;

namespace AudioMesh.Cli.Ctl;

/// <summary>An event as a daemon told it.</summary>
internal sealed class EventLook(string line)
{
    private const double NanosecondsPerSecond = 1e9;

    private readonly JsonElement _root = Parse(line);

    public string Line => line;

    public string Family => Text("event");

    /// <summary>What was dropped before it, where this tells that.</summary>
    public long Dropped => Family == "dropped" ? (long)Number("count") : 0;

    public JsonElement Root => _root;

    public string Text(string field) => _root.TryGetProperty(field, out JsonElement value) ? value.ToString() : "";

    public double Number(string field) => _root.TryGetProperty(field, out JsonElement value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : 0;

    /// <summary>For people: when in mesh time, and all its members but objects.</summary>
    public string Sentence
    {
        get
        {
            string time = _root.TryGetProperty("time", out JsonElement ns) ? FormattableString.Invariant($"{ns.GetInt64() / NanosecondsPerSecond:0.000} ") : "";
            IEnumerable<string> members = _root.EnumerateObject()
                .Where(member => member.Name is not ("event" or "time") && member.Value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array))
                .Select(member => member.Name == "value" ? member.Value.ToString() : $"{member.Name}={member.Value}");
            return $"{time}{Family} {string.Join(' ', members)}{Nested("device", "name")}{Nested("error", "message")}";
        }
    }

    private string Nested(string field, string inner) =>
        _root.TryGetProperty(field, out JsonElement value) && value.ValueKind == JsonValueKind.Object && value.TryGetProperty(inner, out JsonElement text) ? $" {field}: {text}" : "";

    private static JsonElement Parse(string line)
    {
        using JsonDocument document = JsonDocument.Parse(line);
        return document.RootElement.Clone();
    }
}
