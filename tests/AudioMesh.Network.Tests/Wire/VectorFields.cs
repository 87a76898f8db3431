// SPDX-License-Identifier: MIT
using System.Text;
using System.Text.Json.Nodes;
using AudioMesh.Network.Wire;

namespace AudioMesh.Network.Tests.Wire;

/// <summary>What the code reads from a body, as the vectors of the document write it.</summary>
internal static class VectorFields
{
    public static JsonNode Of(MessageType type, ReadOnlySpan<byte> body) => type switch
    {
        MessageType.Audio => Audio(body),
        MessageType.Announce => Announce(body),
        MessageType.Subscribe or MessageType.Unsubscribe => Wish(body),
        MessageType.Parity => Parity(body),
        MessageType.Control => Control(body),
        MessageType.Bus => Bus(body),
        MessageType.BusAck => BusAck(body),
        _ => new JsonObject(),
    };

    private static JsonObject Audio(ReadOnlySpan<byte> body)
    {
        JsonArray packets = [];
        while (AudioBody.TryRead(ref body, out AudioPacketHeader header, out ReadOnlySpan<byte> payload))
        {
            packets.Add(new JsonObject
            {
                ["stream"] = header.StreamId,
                ["sequence"] = header.Sequence,
                ["first_frame"] = header.FirstFrame,
                ["timestamp"] = header.Timestamp.Nanoseconds,
                ["rate"] = header.Rate,
                ["frames"] = header.Frames,
                ["channels"] = header.Channels,
                ["first_channel"] = header.FirstChannel,
                ["channel_count"] = header.ChannelCount,
                ["encoding"] = (int)header.Encoding,
                ["flags"] = (int)header.Flags,
                ["payload"] = Convert.ToHexStringLower(payload),
            });
        }

        Assert.That(body.IsEmpty);
        return new JsonObject { ["packets"] = packets };
    }

    private static JsonObject Announce(ReadOnlySpan<byte> body)
    {
        Assert.That(AnnounceBody.TryRead(body, out AnnounceBody? announce));
        return new JsonObject
        {
            ["capabilities"] = (uint)announce!.Capabilities,
            ["name"] = announce.Name,
            ["offers"] = new JsonArray([.. announce.Offers.Select(offer => new JsonObject
            {
                ["stream"] = offer.StreamId,
                ["rate"] = offer.Rate,
                ["frames"] = offer.Frames,
                ["channels"] = offer.Channels,
                ["channels_per_lane"] = offer.ChannelsPerLane,
                ["encoding"] = (int)offer.Encoding,
                ["redundancy"] = (int)offer.Redundancy.Kind,
                ["amount"] = offer.Redundancy.Amount,
                ["name"] = offer.Name,
            })]),
            ["wishes"] = new JsonArray([.. announce.Wishes.Select(Wish)]),
        };
    }

    private static JsonObject Wish(StreamWish wish) => new() { ["owner"] = wish.Owner, ["stream"] = wish.StreamId };

    private static JsonObject Wish(ReadOnlySpan<byte> body)
    {
        Assert.That(SubscribeBody.TryRead(body, out StreamWish wish));
        return Wish(wish);
    }

    private static JsonObject Parity(ReadOnlySpan<byte> body)
    {
        Assert.That(ParityBody.TryRead(body, out ParityBody parity, out ReadOnlySpan<byte> packets));
        return new JsonObject
        {
            ["stream"] = parity.StreamId,
            ["first_sequence"] = parity.FirstSequence,
            ["count"] = parity.Count,
            ["lengths"] = parity.Lengths,
            ["xor"] = Convert.ToHexStringLower(packets),
        };
    }

    private static JsonObject Control(ReadOnlySpan<byte> body)
    {
        Assert.That(ControlBody.TryRead(body, out ulong receiver, out ReadOnlySpan<byte> json));
        return new JsonObject { ["receiver"] = receiver, ["json"] = Encoding.UTF8.GetString(json) };
    }

    private static JsonObject Bus(ReadOnlySpan<byte> body)
    {
        Assert.That(BusBody.TryRead(body, out BusBody header, out ReadOnlySpan<byte> rest));
        JsonArray pieces = [];
        while (BusBody.TryTakePiece(ref rest, out ReadOnlySpan<byte> piece, out bool isFirst, out bool isLast))
        {
            pieces.Add(new JsonObject { ["first"] = isFirst, ["last"] = isLast, ["bytes"] = Convert.ToHexStringLower(piece) });
        }

        return new JsonObject { ["receiver"] = header.Receiver, ["epoch"] = header.Epoch, ["sequence"] = header.Sequence, ["oldest"] = header.Oldest, ["pieces"] = pieces };
    }

    private static JsonObject BusAck(ReadOnlySpan<byte> body)
    {
        Assert.That(BusAckBody.TryRead(body, out BusAckBody ack));
        return new JsonObject { ["receiver"] = ack.Receiver, ["epoch"] = ack.Epoch, ["next"] = ack.Next, ["beyond"] = ack.Beyond, ["broken"] = ack.IsBroken };
    }
}
