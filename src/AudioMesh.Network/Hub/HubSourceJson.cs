// SPDX-License-Identifier: MIT
using System.Text.Json;

namespace AudioMesh.Network.Hub;

/// <summary>A source as a hub lists it.</summary>
internal static class HubSourceJson
{
    public static void Write(Utf8JsonWriter writer, HubSource source)
    {
        writer.WriteStartObject();
        writer.WriteNumber("id", source.Id);
        writer.WriteString("name", source.Name);
        writer.WriteNumber("channels", source.Channels);
        writer.WriteBoolean("self", source.IsSelf);
        writer.WriteNumber("gain_db", source.Level.GainDb);
        writer.WriteNumber("pan", source.Level.Pan);
        writer.WriteBoolean("mute", source.Level.IsMuted);
        writer.WriteBoolean("solo", source.Level.IsSoloed);
        writer.WriteEndObject();
    }

    /// <summary>Throws InvalidArgument, InvalidOperation.</summary>
    public static HubSource Read(JsonElement source)
    {
        HubStreamJson.Check(source.ValueKind == JsonValueKind.Object, "sources", "objects");
        HubLevel level = new(Number(source, "gain_db"), Number(source, "pan"), Flag(source, "mute"), Flag(source, "solo"));
        level.Validate();
        return new HubSource(
            (int)HubStreamJson.Whole(source, "id", int.MaxValue),
            source.TryGetProperty("name", out JsonElement name) ? name.GetString() ?? "" : "",
            (int)HubStreamJson.Whole(source, "channels", 64),
            Flag(source, "self"),
            level);
    }

    private static double Number(JsonElement source, string field) => source.TryGetProperty(field, out JsonElement value) && value.TryGetDouble(out double number) ? number : double.NaN;

    private static bool Flag(JsonElement source, string field) => source.TryGetProperty(field, out JsonElement value) && value.ValueKind == JsonValueKind.True;
}
