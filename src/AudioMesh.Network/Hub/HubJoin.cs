// SPDX-License-Identifier: MIT
using System.Text.Json;
using AudioMesh.Network.Wire;

namespace AudioMesh.Network.Hub;

/// <summary>What a client asks for by joining.</summary>
/// <param name="Name">Who it is, to people.</param>
/// <param name="Stream">What it sends; null where it only listens.</param>
/// <param name="MixChannels">Channels it hears; 0 where it only plays.</param>
/// <param name="MixEncoding">How its mix is to travel.</param>
/// <param name="MixRedundancy">What is to be sent besides.</param>
internal sealed record HubJoin(string Name, StreamOffer? Stream, int MixChannels, SampleEncoding MixEncoding, Redundancy MixRedundancy)
{
    public int SendChannels => Stream?.Channels ?? 0;

    /// <summary>Whether a seat for the one is a seat for the other.</summary>
    public bool SeatsLike(HubJoin other) => SendChannels == other.SendChannels && MixChannels == other.MixChannels
        && MixEncoding == other.MixEncoding && MixRedundancy == other.MixRedundancy;

    /// <summary>Throws InvalidArgument.</summary>
    public static HubJoin Read(JsonElement root, int mostChannels)
    {
        string name = root.TryGetProperty("name", out JsonElement text) && text.ValueKind == JsonValueKind.String ? text.GetString()! : "";
        HubStreamJson.Check(
            name.Length > 0 && System.Text.Encoding.UTF8.GetByteCount(name) <= WireText.MostBytes && !name.Any(char.IsControl), "name", "1 to 63 bytes, none of them control characters");
        StreamOffer? stream = HubStreamJson.Read(root, "stream", "hub");
        HubStreamJson.Check(stream is null || stream.Channels <= mostChannels, "channels", $"1..{mostChannels}");
        if (!root.TryGetProperty("mix", out JsonElement mix))
        {
            HubStreamJson.Check(stream is not null, "mix", "a mix, a stream or both");
            return new HubJoin(name, stream, 0, SampleEncoding.Float32, Redundancy.None);
        }

        HubStreamJson.Check(mix.ValueKind == JsonValueKind.Object, "mix", "an object");
        int channels = (int)HubStreamJson.Whole(mix, "channels", mostChannels);
        HubStreamJson.Check(channels > 0, "channels", $"1..{mostChannels}");
        (SampleEncoding encoding, Redundancy redundancy) = HubStreamJson.ReadForm(mix);
        return new HubJoin(name, stream, channels, encoding, redundancy);
    }

    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteString("name", Name);
        if (Stream is not null)
        {
            HubStreamJson.Write(writer, "stream", Stream);
        }

        if (MixChannels > 0)
        {
            writer.WriteStartObject("mix");
            writer.WriteNumber("channels", MixChannels);
            HubStreamJson.WriteForm(writer, MixEncoding, MixRedundancy);
            writer.WriteEndObject();
        }
    }
}
