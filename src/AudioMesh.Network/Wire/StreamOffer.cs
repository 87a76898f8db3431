// SPDX-License-Identifier: MIT
using System.Buffers.Binary;

namespace AudioMesh.Network.Wire;

/// <summary>A stream that its sender offers.</summary>
/// <param name="StreamId">Its number, among its sender's.</param>
/// <param name="Name">For people; up to 63 bytes of UTF-8.</param>
/// <param name="Rate">Nominal frames per second.</param>
/// <param name="Channels">1 to 64.</param>
/// <param name="ChannelsPerLane">Channels that travel together: <see cref="PacketPlan"/>.</param>
/// <param name="Frames">Most frames of a packet, 1 to 512.</param>
/// <param name="Encoding">How samples travel.</param>
/// <param name="Redundancy">What is sent besides.</param>
public sealed record StreamOffer(
    uint StreamId, string Name, int Rate, int Channels, int ChannelsPerLane, int Frames, SampleEncoding Encoding, Redundancy Redundancy)
{
    /// <summary>Bytes before the name.</summary>
    private const int FixedBytes = 15;

    internal void Write(Span<byte> body, ref int at)
    {
        Span<byte> here = body[at..];
        BinaryPrimitives.WriteUInt32BigEndian(here, StreamId);
        BinaryPrimitives.WriteInt32BigEndian(here[4..], Rate);
        BinaryPrimitives.WriteUInt16BigEndian(here[8..], (ushort)Frames);
        here[10] = (byte)Channels;
        here[11] = (byte)ChannelsPerLane;
        here[12] = (byte)Encoding;
        here[13] = (byte)Redundancy.Kind;
        here[14] = (byte)Redundancy.Amount;
        at += FixedBytes;
        WireText.Write(body, ref at, Name);
    }

    internal static bool TryRead(ReadOnlySpan<byte> body, ref int at, out StreamOffer? offer)
    {
        offer = null;
        if (body.Length - at < FixedBytes)
        {
            return false;
        }

        ReadOnlySpan<byte> here = body.Slice(at, FixedBytes);
        at += FixedBytes;
        if (!WireText.TryRead(body, ref at, out string name))
        {
            return false;
        }

        StreamOffer read = new(
            BinaryPrimitives.ReadUInt32BigEndian(here),
            name,
            BinaryPrimitives.ReadInt32BigEndian(here[4..]),
            here[10],
            here[11],
            BinaryPrimitives.ReadUInt16BigEndian(here[8..]),
            (SampleEncoding)here[12],
            new Redundancy((RedundancyKind)here[13], here[14]));
        offer = read.IsSound ? read : null;
        return offer is not null;
    }

    internal bool IsSound =>
        Rate is >= AudioBody.LeastRate and <= AudioBody.MostRate
        && Channels is >= 1 and <= AudioBody.MostChannels
        && ChannelsPerLane >= 1
        && ChannelsPerLane <= Channels
        && Frames is >= 1 and <= AudioBody.MostFrames
        && Encoding is >= SampleEncoding.Float32 and <= SampleEncoding.Opus
        && Redundancy.IsValid;
}
