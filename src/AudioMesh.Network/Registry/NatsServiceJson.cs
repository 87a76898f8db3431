// SPDX-License-Identifier: MIT
using System.Buffers;
using System.Globalization;
using System.Text.Json;
using AudioMesh.Network.Bus;

namespace AudioMesh.Network.Registry;

/// <summary>A service as NATS' services API says it. It has no endpoints there: what it is asked on the mesh's subjects is not in that API's form.</summary>
internal static class NatsServiceJson
{
    private static readonly string Version = typeof(NatsServiceJson).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";

    /// <summary>The answer to <c>ping</c>, <c>info</c> or <c>stats</c>.</summary>
    public static byte[] Write(string verb, RegisteredService service, NatsBus bus)
    {
        ArrayBufferWriter<byte> bytes = new(512);
        using Utf8JsonWriter json = new(bytes);
        json.WriteStartObject();
        json.WriteString("type", $"io.nats.micro.v1.{verb}_response");
        json.WriteString("name", NatsServiceAnswers.NameOf(service));
        json.WriteString("id", service.Id);
        json.WriteString("version", Version);
        WriteMetadata(json, service, bus);
        if (verb == "info")
        {
            json.WriteString("description", $"{service.Announcement.Type} '{service.Announcement.Name}' of {bus.Name} in the mesh {bus.Mesh}");
        }

        if (verb == "stats")
        {
            json.WriteString("started", service.Since.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture));
        }

        if (verb != "ping")
        {
            json.WriteStartArray("endpoints");
            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.Flush();
        return bytes.WrittenSpan.ToArray();
    }

    // A property of the same name as one of ours gives way.
    private static void WriteMetadata(Utf8JsonWriter json, RegisteredService service, NatsBus bus)
    {
        Dictionary<string, string> metadata = new(service.Announcement.Properties)
        {
            ["mesh"] = bus.Mesh,
            ["host"] = bus.Name,
            ["type"] = service.Announcement.Type,
            ["service"] = service.Announcement.Name,
            ["health"] = ServiceJson.CodeOf(service.Health),
            ["note"] = service.Note,
        };
        if (service.Announcement.Port > 0)
        {
            metadata["port"] = service.Announcement.Port.ToString(CultureInfo.InvariantCulture);
        }

        json.WriteStartObject("metadata");
        foreach ((string name, string value) in metadata)
        {
            json.WriteString(name, value);
        }

        json.WriteEndObject();
    }
}
