// SPDX-License-Identifier: MIT
using System.Buffers;
using System.Text.Json;

namespace AudioMesh.Network.Hub;

/// <summary>
/// A client's requests to a hub, one JSON object each, from anybody: <c>hub_sources</c> and <c>hub_set</c>. A request that cannot be carried out changes nothing
/// and gets an error with a stable code, spelled as in docs/control-protocol.md. Any thread.
/// </summary>
public static class HubControl
{
    /// <summary>The longest request, in bytes.</summary>
    public const int MaxRequestBytes = HubReplies.MaxRequestBytes;

    private const int MostReplyBytes = 800;

    /// <summary>Carries out one request of <paramref name="client"/> and writes its reply. Never throws for what the request says.</summary>
    public static void Handle(HubMixer hub, int client, ReadOnlyMemory<byte> request, IBufferWriter<byte> reply) =>
        HubReplies.Answer(request, (root, writer) => Run(hub, client, root, writer), reply);

    internal static void Run(HubMixer hub, int client, JsonElement root, Utf8JsonWriter writer)
    {
        switch (HubReplies.CommandOf(root))
        {
            case "hub_sources":
                WriteSources(hub, client, root, writer);
                break;
            case "hub_set":
                Set(hub, client, root);
                break;
            default:
                throw Wrong("cmd", "hub_sources, hub_set");
        }
    }

    private static void Set(HubMixer hub, int client, JsonElement root)
    {
        if (!root.TryGetProperty("source", out JsonElement source) || source.ValueKind != JsonValueKind.Number || !source.TryGetInt32(out int id))
        {
            throw Wrong("source", "a source's id");
        }

        HubLevel level = hub.GetLevel(client, id);
        foreach (JsonProperty property in root.EnumerateObject())
        {
            level = property.Name switch
            {
                "cmd" or "seq" or "source" => level,
                "gain_db" => level with { GainDb = Number(property.Value, "gain_db", "-120..24") },
                "pan" => level with { Pan = Number(property.Value, "pan", "-1..1") },
                "mute" => level with { IsMuted = Flag(property.Value, "mute") },
                "solo" => level with { IsSoloed = Flag(property.Value, "solo") },
                _ => throw Wrong(property.Name, "source, gain_db, pan, mute, solo"),
            };
        }

        hub.SetLevel(client, id, level);
    }

    // A reply fits a datagram: what does not is told when asked for what comes after the last.
    private static void WriteSources(HubMixer hub, int client, JsonElement root, Utf8JsonWriter writer)
    {
        int after = 0;
        if (root.TryGetProperty("after", out JsonElement given) && (given.ValueKind != JsonValueKind.Number || !given.TryGetInt32(out after)))
        {
            throw Wrong("after", "a source's id");
        }

        bool hasMore = false;
        writer.WriteStartArray("sources");
        foreach (HubSource source in hub.GetSources(client).Where(source => source.Id > after))
        {
            hasMore = writer.BytesCommitted + writer.BytesPending > MostReplyBytes;
            if (hasMore)
            {
                break;
            }

            HubSourceJson.Write(writer, source);
        }

        writer.WriteEndArray();
        if (hasMore)
        {
            writer.WriteBoolean("more", true);
        }
    }

    private static double Number(JsonElement value, string field, string allowed) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number) ? number : throw Wrong(field, allowed);

    private static bool Flag(JsonElement value, string field) =>
        value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : throw Wrong(field, "true or false");

    private static AudioMeshException Wrong(string field, string allowed) =>
        new(AudioErrorKind.InvalidArgument, $"The field '{field}' is missing, wrong or not known: {allowed}.") { Field = field, Allowed = allowed };
}
