// SPDX-License-Identifier: MIT
using System.Buffers;
using System.Globalization;
using System.Text.Json;
using AudioMesh.Clock;

namespace AudioMesh.Network.Stems;

/// <summary>What the two sides of a <see cref="TakeLink"/> tell each other, as JSON. Nothing in it is trusted: what cannot be throws Protocol.</summary>
internal static class TakeMessages
{
    private const int Version = 1;
    private const int MostRate = 768_000;
    private const int MostChannels = 256;
    private const long MostSoundBytes = 1L << 44;

    public static byte[] Hello() => Write(json => json.WriteNumber("takes", Version));

    public static void CheckHello(ReadOnlyMemory<byte> content) => Read(content, json => Whole(json, "takes", Version, Version));

    public static byte[] Request(in TakeRequest request)
    {
        TakeRequest copy = request;
        return Write(json =>
        {
            json.WriteString("get", copy.IsList ? "list" : copy.IsSidecar ? "sidecar" : "sound");
            if (!copy.IsList)
            {
                json.WriteString("place", copy.Place);
                json.WriteNumber("from", copy.From);
                json.WriteString("sha256", copy.Hash);
            }
        });
    }

    public static TakeRequest ReadRequest(ReadOnlyMemory<byte> content) => Read(content, json => Text(json, "get") switch
    {
        "list" => default,
        "sidecar" => FileRequest(json, isSidecar: true),
        "sound" => FileRequest(json, isSidecar: false),
        _ => throw Wrong("get"),
    });

    public static byte[] Offer(TakeOffer offer) => Write(json =>
    {
        json.WriteString("place", offer.Place);
        json.WriteString("name", offer.Name);
        json.WriteString("host", offer.Host);
        json.WriteNumber("rate", offer.Rate);
        json.WriteNumber("channels", offer.Channels);
        json.WriteNumber("frames", offer.Frames);
        json.WriteNumber("mesh_ns", offer.Start.Nanoseconds);
        json.WriteString("mesh", offer.MeshId.ToString("x16", CultureInfo.InvariantCulture));
        json.WriteBoolean("cut", offer.IsCut);
        json.WriteNumber("sound_bytes", offer.SoundBytes);
        json.WriteNumber("sidecar_bytes", offer.SidecarBytes);
    });

    public static TakeOffer ReadOffer(ReadOnlyMemory<byte> content) => Read(content, json => new TakeOffer
    {
        Place = TakePlace.Checked(Text(json, "place")),
        Name = Short(json, "name"),
        Host = Short(json, "host"),
        Rate = (int)Whole(json, "rate", 1, MostRate),
        Channels = (int)Whole(json, "channels", 1, MostChannels),
        Frames = Whole(json, "frames", 0, TakeLimits.MostSeconds * MostRate),
        Start = new MeshTime(Whole(json, "mesh_ns", -TakeLimits.MostNs, TakeLimits.MostNs)),
        MeshId = ulong.TryParse(Text(json, "mesh"), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong id) ? id : throw Wrong("mesh"),
        IsCut = json.TryGetProperty("cut"u8, out JsonElement cut) && cut.ValueKind == JsonValueKind.True,
        SoundBytes = Whole(json, "sound_bytes", 0, MostSoundBytes),
        SidecarBytes = Whole(json, "sidecar_bytes", 0, TakeLimits.MostBytes),
    });

    public static byte[] Begin(long bytes, long from) => Write(json =>
    {
        json.WriteNumber("bytes", bytes);
        json.WriteNumber("from", from);
    });

    public static (long Bytes, long From) ReadBegin(ReadOnlyMemory<byte> content) => Read(content, json =>
    {
        long bytes = Whole(json, "bytes", 0, MostSoundBytes);
        return (bytes, Whole(json, "from", 0, bytes));
    });

    public static byte[] Refusal(AudioMeshException error) => Write(json =>
    {
        json.WriteString("code", error.Kind.ToCode());
        json.WriteString("message", error.Message.Length <= TakeLimits.MostLineBytes ? error.Message : error.Message[..TakeLimits.MostLineBytes]);
    });

    public static AudioMeshException ReadRefusal(ReadOnlyMemory<byte> content) =>
        Read(content, json => new AudioMeshException(AudioErrorKindExtensions.FromCode(Text(json, "code")), Text(json, "message")));

    private static TakeRequest FileRequest(JsonElement json, bool isSidecar) =>
        new(TakePlace.Checked(Text(json, "place")), isSidecar, Whole(json, "from", 0, MostSoundBytes), Text(json, "sha256"));

    private static byte[] Write(Action<Utf8JsonWriter> fields)
    {
        ArrayBufferWriter<byte> bytes = new();
        using Utf8JsonWriter json = new(bytes);
        json.WriteStartObject();
        fields(json);
        json.WriteEndObject();
        json.Flush();
        return bytes.WrittenSpan.ToArray();
    }

    private static T Read<T>(ReadOnlyMemory<byte> content, Func<JsonElement, T> fields)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(content, new JsonDocumentOptions { MaxDepth = 2 });
            return document.RootElement.ValueKind == JsonValueKind.Object ? fields(document.RootElement) : throw Wrong("message");
        }
        catch (JsonException e)
        {
            throw new AudioMeshException(AudioErrorKind.Protocol, "The other side sent what is no JSON.", e);
        }
    }

    private static long Whole(JsonElement json, string field, long min, long max) =>
        json.TryGetProperty(field, out JsonElement value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long number) && number >= min && number <= max
            ? number
            : throw Wrong(field);

    private static string Short(JsonElement json, string field) => Text(json, field) is { Length: <= TakeLimits.MostTextChars } text ? text : throw Wrong(field);

    private static string Text(JsonElement json, string field)
    {
        try
        {
            return json.TryGetProperty(field, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : throw Wrong(field);
        }
        catch (InvalidOperationException)
        {
            throw Wrong(field); // half of a surrogate pair
        }
    }

    private static AudioMeshException Wrong(string field) => new(AudioErrorKind.Protocol, $"The other side sent a {field} that cannot be.") { Field = field };
}
