// SPDX-License-Identifier: MIT
using System.Buffers.Binary;

namespace AudioMesh.Network.Wire;

/// <summary>The first bytes of every datagram: in clear, authenticated with the rest.</summary>
/// <param name="Type">What the body is.</param>
/// <param name="Session">Tells sessions apart before any decryption: <see cref="SessionKey.Tag"/>.</param>
/// <param name="Sender">Random in each run of a sender.</param>
/// <param name="Counter">Counts the sender's datagrams from 1; never one twice.</param>
public readonly record struct EnvelopeHeader(MessageType Type, uint Session, ulong Sender, ulong Counter)
{
    /// <summary>Bytes of the header.</summary>
    public const int Bytes = 24;

    /// <summary>Bytes of the authentication tag behind the body.</summary>
    public const int TagBytes = 16;

    /// <summary>The protocol's version.</summary>
    public const byte Version = 1;

    private const ushort Magic = 0x414D;

    /// <summary>Writes <see cref="Bytes"/>.</summary>
    public void Write(Span<byte> datagram)
    {
        BinaryPrimitives.WriteUInt16BigEndian(datagram, Magic);
        datagram[2] = Version;
        datagram[3] = (byte)Type;
        BinaryPrimitives.WriteUInt32BigEndian(datagram[4..], Session);
        BinaryPrimitives.WriteUInt64BigEndian(datagram[8..], Sender);
        BinaryPrimitives.WriteUInt64BigEndian(datagram[16..], Counter);
    }

    /// <summary>Reads it from a whole datagram. <see cref="DropCause.None"/>, or why this is none of ours.</summary>
    public static DropCause TryRead(ReadOnlySpan<byte> datagram, out EnvelopeHeader header)
    {
        header = default;
        if (datagram.Length < Bytes + TagBytes)
        {
            return DropCause.TooShort;
        }

        if (datagram.Length > DatagramSize.Most)
        {
            return DropCause.TooLong;
        }

        if (BinaryPrimitives.ReadUInt16BigEndian(datagram) != Magic)
        {
            return DropCause.Foreign;
        }

        if (datagram[2] != Version)
        {
            return DropCause.OtherVersion;
        }

        header = new EnvelopeHeader(
            (MessageType)datagram[3],
            BinaryPrimitives.ReadUInt32BigEndian(datagram[4..]),
            BinaryPrimitives.ReadUInt64BigEndian(datagram[8..]),
            BinaryPrimitives.ReadUInt64BigEndian(datagram[16..]));
        return header.Type is >= MessageType.Audio and <= MessageType.BusAck ? DropCause.None : DropCause.UnknownType;
    }
}
