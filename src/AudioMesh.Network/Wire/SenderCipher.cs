// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Security.Cryptography;

namespace AudioMesh.Network.Wire;

/// <summary>AES-256-GCM with one sender's key. The nonce is the sender's vector, its last eight bytes xored with the counter. One thread at a time.</summary>
internal sealed class SenderCipher : IDisposable
{
    private const int NonceBytes = 12;

    private readonly AesGcm _cipher;
    private readonly uint _vectorHigh;
    private readonly ulong _vectorLow;

    internal SenderCipher(SessionKey key, ulong sender)
    {
        Span<byte> secret = stackalloc byte[SessionKey.Bytes + NonceBytes];
        key.DeriveSender(sender, secret);
        _cipher = new AesGcm(secret[..SessionKey.Bytes], EnvelopeHeader.TagBytes);
        _vectorHigh = BinaryPrimitives.ReadUInt32BigEndian(secret[SessionKey.Bytes..]);
        _vectorLow = BinaryPrimitives.ReadUInt64BigEndian(secret[(SessionKey.Bytes + 4)..]);
        CryptographicOperations.ZeroMemory(secret);
    }

    public void Dispose() => _cipher.Dispose();

    /// <summary>Encrypts the body of <paramref name="datagram"/> in place and writes the tag.</summary>
    internal void Seal(Span<byte> datagram, ulong counter)
    {
        Span<byte> nonce = stackalloc byte[NonceBytes];
        WriteNonce(nonce, counter);
        Span<byte> body = datagram[EnvelopeHeader.Bytes..^EnvelopeHeader.TagBytes];
        _cipher.Encrypt(nonce, body, body, datagram[^EnvelopeHeader.TagBytes..], datagram[..EnvelopeHeader.Bytes]);
    }

    /// <summary>Decrypts the body of <paramref name="datagram"/>; false where the datagram is not authentic.</summary>
    internal bool TryOpen(ReadOnlySpan<byte> datagram, ulong counter, Span<byte> body)
    {
        Span<byte> nonce = stackalloc byte[NonceBytes];
        WriteNonce(nonce, counter);
        try
        {
            _cipher.Decrypt(
                nonce, datagram[EnvelopeHeader.Bytes..^EnvelopeHeader.TagBytes], datagram[^EnvelopeHeader.TagBytes..], body, datagram[..EnvelopeHeader.Bytes]);
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }
    }

    private void WriteNonce(Span<byte> nonce, ulong counter)
    {
        BinaryPrimitives.WriteUInt32BigEndian(nonce, _vectorHigh);
        BinaryPrimitives.WriteUInt64BigEndian(nonce[4..], _vectorLow ^ counter);
    }
}
