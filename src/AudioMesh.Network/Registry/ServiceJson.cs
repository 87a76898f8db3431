// SPDX-License-Identifier: MIT
using System.Buffers;
using System.Text.Json;

namespace AudioMesh.Network.Registry;

/// <summary>Services as they stand in the table <c>services</c>. What cannot be read is null.</summary>
internal static class ServiceJson
{
    public const int MostProperties = 32;
    public const int MostText = 255;
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 3 };

    public static byte[] Write(ServiceAnnouncement announcement, string host, ServiceHealth health, string note)
    {
        ArrayBufferWriter<byte> bytes = new(256);
        using Utf8JsonWriter writer = new(bytes);
        writer.WriteStartObject();
        writer.WriteString("host", host);
        writer.WriteString("type", announcement.Type);
        writer.WriteString("name", announcement.Name);
        writer.WriteNumber("port", announcement.Port);
        writer.WriteString("health", CodeOf(health));
        writer.WriteString("note", note);
        writer.WriteStartObject("properties");
        foreach ((string name, string value) in announcement.Properties)
        {
            writer.WriteString(name, value);
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.Flush();
        return bytes.WrittenSpan.ToArray();
    }

    /// <summary>A service that somebody announced, as if its host were there.</summary>
    public static MeshService? Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json, Strict);
            JsonElement root = document.RootElement;
            Dictionary<string, string> properties = [];
            foreach (JsonProperty property in root.GetProperty("properties").EnumerateObject())
            {
                properties[property.Name] = property.Value.GetString() ?? "";
            }

            int port = root.GetProperty("port").GetInt32();
            MeshService service = new(
                Text(root, "host"), Text(root, "type"), Text(root, "name"), port, properties, HealthOf(Text(root, "health")), Text(root, "note"), IsPresent: true);
            return port is >= 0 and <= ushort.MaxValue && properties.Count <= MostProperties && service.Host.Length > 0 && service.Type.Length > 0 && service.Name.Length > 0
                ? service
                : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or KeyNotFoundException)
        {
            return null;
        }
    }

    private static string Text(JsonElement root, string member) => root.GetProperty(member).GetString() ?? "";

    public static string CodeOf(ServiceHealth health) => health switch
    {
        ServiceHealth.Ok => "ok",
        ServiceHealth.Degraded => "degraded",
        ServiceHealth.Failing => "failing",
        _ => "silent",
    };

    private static ServiceHealth HealthOf(string code) => code switch
    {
        "ok" => ServiceHealth.Ok,
        "degraded" => ServiceHealth.Degraded,
        "failing" => ServiceHealth.Failing,
        "silent" => ServiceHealth.Silent,
        _ => throw new FormatException(),
    };
}
