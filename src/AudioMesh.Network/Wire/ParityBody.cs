// SPDX-License-Identifier: MIT
using System.Buffers.Binary;

namespace AudioMesh.Network.Wire;

/// <summary>
/// The exclusive or of some successive packets of a stream, each as <see cref="AudioBody"/> writes it, shorter ones as if zeros followed. Whoever has all but one
/// of them has that one too.
/// </summary>
/// <param name="StreamId">Which of its sender's streams.</param>
/// <param name="FirstSequence">Sequence of the first packet.</param>
/// <param name="Count">Packets, 2 to <see cref="MostPackets"/>.</param>
/// <param name="Lengths">Exclusive or of the packets' lengths in bytes.</param>
public readonly record struct ParityBody(uint StreamId, uint FirstSequence, int Count, int Lengths)
{
    /// <summary>Bytes before the exclusive or.</summary>
    public const int HeaderBytes = 12;

    /// <summary>Most packets that share one.</summary>
    public const int MostPackets = 32;

    /// <summary>Writes <see cref="HeaderBytes"/>; the exclusive or follows, as long as the longest packet.</summary>
    public void Write(Span<byte> body)
    {
        BinaryPrimitives.WriteUInt32BigEndian(body, StreamId);
        BinaryPrimitives.WriteUInt32BigEndian(body[4..], FirstSequence);
        BinaryPrimitives.WriteUInt16BigEndian(body[8..], (ushort)Count);
        BinaryPrimitives.WriteUInt16BigEndian(body[10..], (ushort)Lengths);
    }

    /// <summary>Reads a whole body.</summary>
    public static bool TryRead(ReadOnlySpan<byte> body, out ParityBody parity, out ReadOnlySpan<byte> packets)
    {
        parity = default;
        packets = default;
        if (body.Length < HeaderBytes + AudioBody.HeaderBytes || BinaryPrimitives.ReadUInt16BigEndian(body[8..]) is < 2 or > MostPackets)
        {
            return false;
        }

        parity = new ParityBody(
            BinaryPrimitives.ReadUInt32BigEndian(body),
            BinaryPrimitives.ReadUInt32BigEndian(body[4..]),
            BinaryPrimitives.ReadUInt16BigEndian(body[8..]),
            BinaryPrimitives.ReadUInt16BigEndian(body[10..]));
        packets = body[HeaderBytes..];
        return true;
    }
}
