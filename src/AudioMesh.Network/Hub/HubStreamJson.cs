// SPDX-License-Identifier: MIT
using System.Text.Json;
using AudioMesh.Network.Media.Nodes;
using AudioMesh.Network.Wire;

namespace AudioMesh.Network.Hub;

/// <summary>What a directed stream is, as a hub and its clients tell each other.</summary>
internal static class HubStreamJson
{
    public static void Write(Utf8JsonWriter writer, string field, StreamOffer offer)
    {
        writer.WriteStartObject(field);
        writer.WriteNumber("id", offer.StreamId);
        writer.WriteNumber("rate", offer.Rate);
        writer.WriteNumber("channels", offer.Channels);
        writer.WriteNumber("lane", offer.ChannelsPerLane);
        writer.WriteNumber("frames", offer.Frames);
        WriteForm(writer, offer.Encoding, offer.Redundancy);
        writer.WriteEndObject();
    }

    public static void WriteForm(Utf8JsonWriter writer, SampleEncoding encoding, Redundancy redundancy)
    {
        writer.WriteString("encoding", EncodingNames.Of(encoding));
        writer.WriteNumber("repeat", redundancy.Kind == RedundancyKind.Repeat ? redundancy.Amount : 0);
        writer.WriteNumber("parity", redundancy.Kind == RedundancyKind.Parity ? redundancy.Amount : 0);
    }

    /// <summary>Null where there is none. Throws InvalidArgument where it is none that can be.</summary>
    public static StreamOffer? Read(JsonElement root, string field, string name)
    {
        if (!root.TryGetProperty(field, out JsonElement stream))
        {
            return null;
        }

        Check(stream.ValueKind == JsonValueKind.Object, field, "an object");
        (SampleEncoding encoding, Redundancy redundancy) = ReadForm(stream);
        StreamOffer offer = new(
            (uint)Whole(stream, "id", uint.MaxValue),
            name,
            (int)Whole(stream, "rate", AudioBody.MostRate),
            (int)Whole(stream, "channels", AudioBody.MostChannels),
            (int)Whole(stream, "lane", AudioBody.MostChannels),
            (int)Whole(stream, "frames", AudioBody.MostFrames),
            encoding,
            redundancy);
        Check(offer.IsSound, field, "a stream as docs/protocols/toast.md has it");
        return offer;
    }

    /// <summary>Encoding and redundancy. Throws InvalidArgument.</summary>
    public static (SampleEncoding Encoding, Redundancy Redundancy) ReadForm(JsonElement stream)
    {
        string? encoding = stream.TryGetProperty("encoding", out JsonElement text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;
        Check(encoding is not null && EncodingNames.All.Contains(encoding), "encoding", string.Join(", ", EncodingNames.All));
        int repeat = (int)Whole(stream, "repeat", Redundancy.MostRepeats);
        int parity = (int)Whole(stream, "parity", byte.MaxValue);
        Redundancy redundancy = repeat > 0 ? Redundancy.Repeat(repeat) : parity > 0 ? Redundancy.Parity(parity) : Redundancy.None;
        Check(redundancy.IsValid && (repeat == 0 || parity == 0), "parity", "repeat of 0..8, or parity of 0, 2..32");
        return (EncodingNames.Parse(encoding!), redundancy);
    }

    /// <summary>A whole number from 0 to <paramref name="most"/>. Throws InvalidArgument.</summary>
    public static long Whole(JsonElement root, string field, long most)
    {
        long number = root.TryGetProperty(field, out JsonElement value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long read) ? read : -1;
        Check(number >= 0 && number <= most, field, $"0..{most}");
        return number;
    }

    public static void Check(bool holds, string field, string allowed)
    {
        if (!holds)
        {
            throw new AudioMeshException(AudioErrorKind.InvalidArgument, $"The field '{field}' is missing or wrong: {allowed}.") { Field = field, Allowed = allowed };
        }
    }
}
