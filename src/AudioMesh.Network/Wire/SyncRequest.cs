// SPDX-License-Identifier: MIT
using System.Buffers.Binary;

namespace AudioMesh.Network.Wire;

/// <summary>
/// Asks a peer for its clock. As long as the answer, so that both take equally long on a slow link, and so that an answer is never more than was
/// asked for. Layout: nonce (8 bytes, big endian), zeros.
/// </summary>
/// <param name="Nonce">Random; the answer that repeats it proves that the peer lives now.</param>
public readonly record struct SyncRequest(ulong Nonce)
{
    /// <summary>Length on the wire.</summary>
    public const int Bytes = SyncReply.Bytes;

    /// <summary>Writes <see cref="Bytes"/> bytes; <paramref name="body"/> must hold them.</summary>
    public void Write(Span<byte> body)
    {
        body[..Bytes].Clear();
        BinaryPrimitives.WriteUInt64BigEndian(body, Nonce);
    }

    /// <summary>False when <paramref name="body"/> is no request: not <see cref="Bytes"/> long.</summary>
    public static bool TryRead(ReadOnlySpan<byte> body, out SyncRequest request)
    {
        if (body.Length != Bytes)
        {
            request = default;
            return false;
        }

        request = new SyncRequest(BinaryPrimitives.ReadUInt64BigEndian(body));
        return true;
    }
}
