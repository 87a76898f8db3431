// SPDX-License-Identifier: MIT
using System.Buffers;
using System.Text.Json;
using AudioMesh.Clock;
using AudioMesh.Graph;
using AudioMesh.Network.Bus;

namespace AudioMesh.Network.Parameters;

/// <summary>Parameters as they stand in tables; docs/parameters.md has the members. What cannot be read is null: nothing here throws for what others wrote.</summary>
internal static class ParameterJson
{
    private const long MostNs = 1L << 62;
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 4 };

    public static byte[] WriteValue(ParameterDescriptor descriptor, ParameterValue value, ParameterValue from, MeshTime at, int rampMs) => Write(writer =>
    {
        WriteValue(writer, "value", descriptor.Kind, value);
        if (at.IsKnown)
        {
            WriteValue(writer, "from", descriptor.Kind, from);
            writer.WriteNumber("at", at.Nanoseconds);
            writer.WriteNumber("ramp_ms", rampMs);
        }
    });

    public static byte[] WriteDescriptor(ParameterDescriptor descriptor) => Write(writer =>
    {
        writer.WriteString("kind", CodeOf(descriptor.Kind));
        writer.WriteString("description", descriptor.Description);
        writer.WriteString("unit", descriptor.Unit);
        WriteValue(writer, "default", descriptor.Kind, descriptor.Default!.Value);
        if (double.IsFinite(descriptor.Min))
        {
            writer.WriteNumber("min", descriptor.Min);
        }

        if (double.IsFinite(descriptor.Max))
        {
            writer.WriteNumber("max", descriptor.Max);
        }

        if (descriptor.Choices.Count > 0)
        {
            writer.WriteStartArray("choices");
            foreach (string choice in descriptor.Choices)
            {
                writer.WriteStringValue(choice);
            }

            writer.WriteEndArray();
        }
    });

    public static SharedParameter? ReadValue(string space, ParameterDescriptor descriptor, BusEntry entry) => Read(entry.Value, root =>
    {
        MeshTime at = root.TryGetProperty("at", out JsonElement atMember) ? new MeshTime(atMember.GetInt64()) : MeshTime.Unknown;
        int rampMs = root.TryGetProperty("ramp_ms", out JsonElement ramp) ? ramp.GetInt32() : 0;
        ParameterValue value = descriptor.Check(ReadValue(root.GetProperty("value"), descriptor.Kind));
        ParameterValue from = root.TryGetProperty("from", out JsonElement fromMember) ? ReadValue(fromMember, descriptor.Kind) : value;
        bool isSound = rampMs is >= 0 and <= ParameterLimits.RampMs && (!at.IsKnown || Math.Abs(at.Nanoseconds) < MostNs);
        return isSound ? new SharedParameter(space, descriptor, value, from, at, rampMs, entry.Stamp) : null;
    });

    public static ParameterDescriptor? ReadDescriptor(string name, ReadOnlyMemory<byte> json) => Read(json, root =>
    {
        ParameterKind kind = KindOf(root.GetProperty("kind").GetString());
        ParameterDescriptor descriptor = new(name, kind, root.GetProperty("description").GetString() ?? "")
        {
            Unit = root.GetProperty("unit").GetString() ?? "",
            Default = ReadValue(root.GetProperty("default"), kind),
            Min = root.TryGetProperty("min", out JsonElement min) ? min.GetDouble() : double.NegativeInfinity,
            Max = root.TryGetProperty("max", out JsonElement max) ? max.GetDouble() : double.PositiveInfinity,
            Choices = root.TryGetProperty("choices", out JsonElement choices)
                ? [.. choices.EnumerateArray().Take(ParameterLimits.Choices).Select(choice => choice.GetString() ?? "")]
                : [],
            IsLive = true,
        };
        descriptor.Check(descriptor.Default.Value);
        return descriptor;
    });

    public static bool IsSound(ParameterValue value) => value.Text is not null || double.IsFinite(value.Number);

    /// <summary>Reads an object, or null.</summary>
    public static T? Read<T>(ReadOnlyMemory<byte> json, Func<JsonElement, T?> read)
        where T : class
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json, Strict);
            return document.RootElement.ValueKind == JsonValueKind.Object ? read(document.RootElement) : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or KeyNotFoundException or AudioMeshException)
        {
            return null;
        }
    }

    public static byte[] Write(Action<Utf8JsonWriter> write)
    {
        ArrayBufferWriter<byte> bytes = new(128);
        using Utf8JsonWriter writer = new(bytes);
        writer.WriteStartObject();
        write(writer);
        writer.WriteEndObject();
        writer.Flush();
        return bytes.WrittenSpan.ToArray();
    }

    public static void WriteValue(Utf8JsonWriter writer, string member, ParameterKind kind, ParameterValue value)
    {
        if (value.Text is { } text)
        {
            writer.WriteString(member, text);
        }
        else if (kind == ParameterKind.Flag)
        {
            writer.WriteBoolean(member, value.Number != 0);
        }
        else
        {
            writer.WriteNumber(member, value.Number);
        }
    }

    private static ParameterValue ReadValue(JsonElement value, ParameterKind kind)
    {
        ParameterValue read = (kind, value.ValueKind) switch
        {
            (ParameterKind.Flag, JsonValueKind.True or JsonValueKind.False) => value.GetBoolean(),
            (ParameterKind.Number or ParameterKind.Integer, JsonValueKind.Number) => value.GetDouble(),
            (ParameterKind.Text or ParameterKind.Choice, JsonValueKind.String) => value.GetString()!,
            _ => throw new FormatException(),
        };
        return IsSound(read) ? read : throw new FormatException();
    }

    private static string CodeOf(ParameterKind kind) => kind switch
    {
        ParameterKind.Number => "number",
        ParameterKind.Integer => "integer",
        ParameterKind.Flag => "flag",
        ParameterKind.Text => "text",
        _ => "choice",
    };

    private static ParameterKind KindOf(string? code) => code switch
    {
        "number" => ParameterKind.Number,
        "integer" => ParameterKind.Integer,
        "flag" => ParameterKind.Flag,
        "text" => ParameterKind.Text,
        "choice" => ParameterKind.Choice,
        _ => throw new FormatException(),
    };
}
