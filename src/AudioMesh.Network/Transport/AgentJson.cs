// SPDX-License-Identifier: MIT
using System.Buffers;
using System.Globalization;
using System.Text.Json;
using AudioMesh.Clock;

namespace AudioMesh.Network.Transport;

/// <summary>Orders, answers and tables as agents and directors write them on the bus. Reading throws Protocol for whatever is not exactly that.</summary>
internal static class AgentJson
{
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 4 };

    public static byte[] Write(Action<Utf8JsonWriter> members)
    {
        ArrayBufferWriter<byte> buffer = new(512);
        using (Utf8JsonWriter json = new(buffer))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads an object by <paramref name="read"/>. Throws Protocol.</summary>
    public static T Read<T>(ReadOnlySpan<byte> payload, Func<JsonElement, T> read)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(payload.ToArray(), Strict);
            return read(document.RootElement);
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or OverflowException or IndexOutOfRangeException)
        {
            throw new AudioMeshException(AudioErrorKind.Protocol, $"A message about a transport is not as it should be: {error.Message}", error);
        }
    }

    public static void WriteOrder(Utf8JsonWriter json, PreparedOrder prepared)
    {
        WriteId(json, "id", prepared.Order.Id);
        json.WriteString("action", NameOf(prepared.Order.Action));
        json.WriteNumber("at", prepared.Order.At.Nanoseconds);
        if (prepared.Order.Frame is { } frame)
        {
            json.WriteNumber("frame", frame);
        }

        json.WriteNumber("rate", prepared.Rate);
        WriteId(json, "mesh", prepared.MeshId);
        json.WriteNumber("max_bound_ns", prepared.MaxBoundNs);
        json.WriteNumber("count_in", prepared.CountInBeats);
    }

    public static PreparedOrder ReadOrder(JsonElement json)
    {
        TransportOrder order = new(
            ReadId(json, "id"), ActionOf(json.GetProperty("action").GetString()), new MeshTime(json.GetProperty("at").GetInt64()),
            json.TryGetProperty("frame", out JsonElement frame) ? frame.GetInt64() : null);
        return new PreparedOrder(
            order, json.GetProperty("rate").GetInt32(), ReadId(json, "mesh"), ReadBound(json), ReadCountIn(json));
    }

    public static void WriteTimeline(Utf8JsonWriter json, TransportTimeline timeline)
    {
        WriteId(json, "id", timeline.Id);
        json.WriteBoolean("rolling", timeline.IsRolling);
        json.WriteNumber("at", timeline.At.Nanoseconds);
        json.WriteNumber("frame", timeline.Frame);
        json.WriteNumber("rate", timeline.Rate);
        WriteId(json, "mesh", timeline.MeshId);
        json.WriteNumber("count_in", timeline.CountInBeats);
        json.WriteNumber("max_bound_ns", timeline.MaxBoundNs);
        json.WriteStartArray("hosts");
        foreach (string host in timeline.Hosts)
        {
            json.WriteStringValue(host);
        }

        json.WriteEndArray();
    }

    public static TransportTimeline ReadTimeline(JsonElement json) => new(
        ReadId(json, "id"), json.GetProperty("rolling").GetBoolean(), new MeshTime(json.GetProperty("at").GetInt64()), json.GetProperty("frame").GetInt64(),
        json.GetProperty("rate").GetInt32(), ReadId(json, "mesh"), ReadCountIn(json), ReadBound(json),
        [.. json.GetProperty("hosts").EnumerateArray().Select(host => host.GetString() ?? "")]);

    public static byte[] WriteTempo(TempoMap tempo) => Write(json =>
    {
        json.WriteStartArray("segments");
        foreach (TempoSegment segment in tempo.Segments)
        {
            json.WriteStartArray();
            json.WriteNumberValue(segment.Bar);
            json.WriteNumberValue(segment.BeatsPerMinute);
            json.WriteNumberValue(segment.BeatsPerBar);
            json.WriteNumberValue(segment.BeatUnit);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    });

    public static TempoMap ReadTempo(JsonElement json) => new([.. json.GetProperty("segments").EnumerateArray().Select(
        segment => new TempoSegment(segment[0].GetInt32(), segment[1].GetDouble(), segment[2].GetInt32(), segment[3].GetInt32()))]);

    public static byte[] WriteAnswer(in TransportRefusal refusal)
    {
        TransportRefusal copy = refusal;
        return Write(json =>
        {
            json.WriteBoolean("ok", copy.IsNone);
            if (!copy.IsNone)
            {
                json.WriteString("code", copy.Code);
                json.WriteString("reason", copy.Reason);
            }
        });
    }

    public static TransportRefusal ReadAnswer(JsonElement json) => json.GetProperty("ok").GetBoolean()
        ? default
        : new TransportRefusal(json.GetProperty("code").GetString() ?? "refused", json.GetProperty("reason").GetString() ?? "");

    public static void WriteId(Utf8JsonWriter json, string name, ulong id) => json.WriteString(name, id.ToString("x16", CultureInfo.InvariantCulture));

    public static ulong ReadId(JsonElement json, string name) =>
        ulong.Parse(json.GetProperty(name).GetString() ?? "", NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    public static string NameOf(TransportAction action) => action switch
    {
        TransportAction.Start => "start",
        TransportAction.Stop => "stop",
        TransportAction.Locate => "locate",
        _ => "locate_start",
    };

    public static TransportAction ActionOf(string? name) => name switch
    {
        "start" => TransportAction.Start,
        "stop" => TransportAction.Stop,
        "locate" => TransportAction.Locate,
        "locate_start" => TransportAction.LocateStart,
        _ => throw new FormatException($"'{name}' is no action of a transport."),
    };

    private static double ReadBound(JsonElement json) =>
        json.GetProperty("max_bound_ns").GetDouble() is >= 0 and var bound ? bound : throw new FormatException("A bound is negative.");

    private static int ReadCountIn(JsonElement json) =>
        json.GetProperty("count_in").GetInt32() is >= 0 and <= 256 and var beats ? beats : throw new FormatException("A count-in has 0 to 256 beats.");
}
