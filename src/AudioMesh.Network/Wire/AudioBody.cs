// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using AudioMesh.Clock;
using AudioMesh.Realtime;

namespace AudioMesh.Network.Wire;

/// <summary>Audio packets as bytes: a header, then the samples, planar; a body has one or several, the newest first.</summary>
[RealtimeSafe]
public static class AudioBody
{
    /// <summary>Bytes before the samples.</summary>
    public const int HeaderBytes = 38;

    /// <summary>Most channels of a stream.</summary>
    public const int MostChannels = 64;

    /// <summary>Most frames of a packet.</summary>
    public const int MostFrames = 512;

    /// <summary>Lowest and highest rate of a stream.</summary>
    public const int LeastRate = 1_000, MostRate = 1_000_000;

    /// <summary>Positions and times are within this of 0, so that nobody's sums of them overflow.</summary>
    public const long MostInstant = 1L << 62;

    private const FrameFlags KnownFlags =
        FrameFlags.Predicted | FrameFlags.Silence | FrameFlags.Dropout | FrameFlags.Discontinuity | FrameFlags.GpuLate;

    /// <summary>Writes a packet to the start of <paramref name="body"/>, which has room for it, and returns its bytes.</summary>
    public static int Write(Span<byte> body, in AudioPacketHeader header, ReadOnlySpan<byte> payload)
    {
        BinaryPrimitives.WriteUInt32BigEndian(body, header.StreamId);
        BinaryPrimitives.WriteUInt32BigEndian(body[4..], header.Sequence);
        BinaryPrimitives.WriteInt64BigEndian(body[8..], header.FirstFrame);
        BinaryPrimitives.WriteInt64BigEndian(body[16..], header.Timestamp.Nanoseconds);
        BinaryPrimitives.WriteInt32BigEndian(body[24..], header.Rate);
        BinaryPrimitives.WriteUInt16BigEndian(body[28..], (ushort)header.Frames);
        BinaryPrimitives.WriteUInt16BigEndian(body[30..], (ushort)payload.Length);
        body[32] = (byte)header.Channels;
        body[33] = (byte)header.FirstChannel;
        body[34] = (byte)header.ChannelCount;
        body[35] = (byte)header.Encoding;
        BinaryPrimitives.WriteUInt16BigEndian(body[36..], (ushort)header.Flags);
        payload.CopyTo(body[HeaderBytes..]);
        return HeaderBytes + payload.Length;
    }

    /// <summary>
    /// Takes the next packet off <paramref name="body"/>. False, and <paramref name="body"/> is as it was, where that is empty or breaks a rule: of what it returns, every value is
    /// within its bounds and the payload as long as its encoding wants.
    /// </summary>
    public static bool TryRead(ref ReadOnlySpan<byte> body, out AudioPacketHeader header, out ReadOnlySpan<byte> payload)
    {
        header = default;
        payload = default;
        if (body.Length < HeaderBytes)
        {
            return false;
        }

        int length = BinaryPrimitives.ReadUInt16BigEndian(body[30..]);
        AudioPacketHeader read = new(
            BinaryPrimitives.ReadUInt32BigEndian(body),
            BinaryPrimitives.ReadUInt32BigEndian(body[4..]),
            BinaryPrimitives.ReadInt64BigEndian(body[8..]),
            new MeshTime(BinaryPrimitives.ReadInt64BigEndian(body[16..])),
            BinaryPrimitives.ReadInt32BigEndian(body[24..]),
            body[32],
            body[33],
            body[34],
            BinaryPrimitives.ReadUInt16BigEndian(body[28..]),
            (SampleEncoding)body[35],
            (FrameFlags)BinaryPrimitives.ReadUInt16BigEndian(body[36..]) & KnownFlags);
        if (!IsSound(read, length) || length > body.Length - HeaderBytes)
        {
            return false;
        }

        header = read;
        payload = body.Slice(HeaderBytes, length);
        body = body[(HeaderBytes + length)..];
        return true;
    }

    private static bool IsSound(in AudioPacketHeader header, int length) =>
        header.Channels is >= 1 and <= MostChannels
        && header.ChannelCount >= 1
        && header.FirstChannel + header.ChannelCount <= header.Channels
        && header.Frames is >= 1 and <= MostFrames
        && header.Rate is >= LeastRate and <= MostRate
        && header.FirstFrame is >= 0 and <= MostInstant
        && (!header.Timestamp.IsKnown || header.Timestamp.Nanoseconds is >= -MostInstant and <= MostInstant)
        && HasItsLength(header, length);

    private static bool HasItsLength(in AudioPacketHeader header, int length) => header.Encoding switch
    {
        SampleEncoding.Opus => length >= 1 && header.ChannelCount <= 2,
        SampleEncoding.Float32 or SampleEncoding.Int24 or SampleEncoding.Int16 =>
            length == header.ChannelCount * header.Frames * SampleCodec.BytesPerSample(header.Encoding),
        _ => false,
    };
}
