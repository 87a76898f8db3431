// SPDX-License-Identifier: MIT
using System.Buffers.Binary;

namespace AudioMesh.Network.Wire;

/// <summary>Asks the owner of a stream for it, or to send it no longer. It names the owner, so that it means nothing to anybody else.</summary>
public static class SubscribeBody
{
    /// <summary>Bytes of the body.</summary>
    public const int Bytes = 12;

    /// <summary>Writes <see cref="Bytes"/>.</summary>
    public static int Write(Span<byte> body, StreamWish wish)
    {
        BinaryPrimitives.WriteUInt64BigEndian(body, wish.Owner);
        BinaryPrimitives.WriteUInt32BigEndian(body[8..], wish.StreamId);
        return Bytes;
    }

    /// <summary>Reads a whole body.</summary>
    public static bool TryRead(ReadOnlySpan<byte> body, out StreamWish wish)
    {
        wish = body.Length == Bytes
            ? new StreamWish(BinaryPrimitives.ReadUInt64BigEndian(body), BinaryPrimitives.ReadUInt32BigEndian(body[8..]))
            : default;
        return body.Length == Bytes;
    }
}
