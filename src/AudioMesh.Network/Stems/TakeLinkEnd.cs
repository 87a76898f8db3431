// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Security.Cryptography;

namespace AudioMesh.Network.Stems;

/// <summary>One direction of a <see cref="TakeLink"/>: its key, and nonces none of which comes twice.</summary>
internal sealed class TakeLinkEnd(AesGcm cipher, byte[] vector) : IDisposable
{
    private ulong _records;

    public AesGcm Cipher => cipher;

    public void NextNonce(Span<byte> nonce)
    {
        vector.CopyTo(nonce);
        Span<byte> low = nonce[^sizeof(ulong)..];
        BinaryPrimitives.WriteUInt64BigEndian(low, BinaryPrimitives.ReadUInt64BigEndian(low) ^ _records++);
    }

    public void Dispose() => cipher.Dispose();
}
