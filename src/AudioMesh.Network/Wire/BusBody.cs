// SPDX-License-Identifier: MIT
using System.Buffers.Binary;

namespace AudioMesh.Network.Wire;

/// <summary>A segment of one member's messages to one other, in pieces: docs/protocols/toast.md, "Bus".</summary>
/// <param name="Receiver">Who is meant.</param>
/// <param name="Epoch">Which sequence of messages: a new one begins where one broke off.</param>
/// <param name="Sequence">Counts the epoch's segments from 0.</param>
/// <param name="Oldest">The oldest segment that the sender still has.</param>
public readonly record struct BusBody(ulong Receiver, uint Epoch, uint Sequence, uint Oldest)
{
    /// <summary>Bytes before the first piece.</summary>
    public const int HeaderBytes = 20;

    /// <summary>Bytes before what a piece carries.</summary>
    public const int PieceHeaderBytes = 3;

    /// <summary>How many segments a sender may be ahead of the oldest that is not acknowledged.</summary>
    public const int Window = 64;

    private const byte FirstFlag = 1;
    private const byte LastFlag = 2;

    /// <summary>Writes <see cref="HeaderBytes"/>; pieces follow.</summary>
    public void Write(Span<byte> body)
    {
        BinaryPrimitives.WriteUInt64BigEndian(body, Receiver);
        BinaryPrimitives.WriteUInt32BigEndian(body[8..], Epoch);
        BinaryPrimitives.WriteUInt32BigEndian(body[12..], Sequence);
        BinaryPrimitives.WriteUInt32BigEndian(body[16..], Oldest);
    }

    /// <summary>Writes a piece of a message and returns its bytes.</summary>
    public static int WritePiece(Span<byte> rest, ReadOnlySpan<byte> piece, bool isFirst, bool isLast)
    {
        rest[0] = (byte)((isFirst ? FirstFlag : 0) | (isLast ? LastFlag : 0));
        BinaryPrimitives.WriteUInt16BigEndian(rest[1..], (ushort)piece.Length);
        piece.CopyTo(rest[PieceHeaderBytes..]);
        return PieceHeaderBytes + piece.Length;
    }

    /// <summary>Reads a whole body; all of <paramref name="pieces"/> can be taken by <see cref="TryTakePiece"/>.</summary>
    public static bool TryRead(ReadOnlySpan<byte> body, out BusBody header, out ReadOnlySpan<byte> pieces)
    {
        header = default;
        pieces = default;
        if (body.Length <= HeaderBytes)
        {
            return false;
        }

        ReadOnlySpan<byte> rest = body[HeaderBytes..];
        while (TryTakePiece(ref rest, out _, out _, out _))
        {
        }

        if (!rest.IsEmpty)
        {
            return false;
        }

        header = new BusBody(
            BinaryPrimitives.ReadUInt64BigEndian(body),
            BinaryPrimitives.ReadUInt32BigEndian(body[8..]),
            BinaryPrimitives.ReadUInt32BigEndian(body[12..]),
            BinaryPrimitives.ReadUInt32BigEndian(body[16..]));
        pieces = body[HeaderBytes..];
        return header.Epoch > 0 && header.Sequence >= header.Oldest && header.Sequence - header.Oldest < Window;
    }

    /// <summary>Takes the next piece of a segment.</summary>
    public static bool TryTakePiece(ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> piece, out bool isFirst, out bool isLast)
    {
        piece = default;
        (isFirst, isLast) = (false, false);
        if (rest.Length < PieceHeaderBytes || rest[0] > (FirstFlag | LastFlag))
        {
            return false;
        }

        int length = BinaryPrimitives.ReadUInt16BigEndian(rest[1..]);
        if (length == 0 || length > rest.Length - PieceHeaderBytes)
        {
            return false;
        }

        (isFirst, isLast) = ((rest[0] & FirstFlag) != 0, (rest[0] & LastFlag) != 0);
        piece = rest.Slice(PieceHeaderBytes, length);
        rest = rest[(PieceHeaderBytes + length)..];
        return true;
    }
}
