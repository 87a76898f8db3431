// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Security.Cryptography;
using AudioMesh.Network.Wire;

namespace AudioMesh.Network.Stems;

/// <summary>
/// A connection between members of a session, whose records only they can make and read: each side sends 32 random bytes in clear, and from those and the session's key comes a key for each
/// direction, for AES-256-GCM with the record's number as nonce. So nothing is read, changed, left out, or played back in another connection. One reader and one writer at a time.
/// </summary>
internal sealed class TakeLink : IDisposable
{
    /// <summary>Bytes of a record's content, at most.</summary>
    public const int MostBytes = 64 * 1024;

    private const int SaltBytes = 32;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Stream _stream;
    private readonly TakeLinkEnd _out;
    private readonly TakeLinkEnd _in;
    private readonly byte[] _sent = new byte[sizeof(int) + 1 + MostBytes + TagBytes];
    private readonly byte[] _received = new byte[1 + MostBytes + TagBytes];
    private readonly byte[] _length = new byte[sizeof(int)];

    private TakeLink(Stream stream, TakeLinkEnd outward, TakeLinkEnd inward) => (_stream, _out, _in) = (stream, outward, inward);

    private static ReadOnlySpan<byte> Hello => "AMTAKES1"u8;

    /// <summary>Meets the other side, and owns the stream from then on. Throws Protocol where it speaks something else, DeviceLost where it goes away, Timeout.</summary>
    public static async Task<TakeLink> OpenAsync(Stream stream, SessionKey key, bool isServer, CancellationToken cancellation)
    {
        byte[] own = [.. Hello, .. RandomNumberGenerator.GetBytes(SaltBytes)];
        byte[] other = new byte[own.Length];
        await WithPatienceAsync(async limit =>
        {
            await stream.WriteAsync(own, limit).ConfigureAwait(false);
            await stream.ReadExactlyAsync(other, limit).ConfigureAwait(false);
        }, cancellation).ConfigureAwait(false);
        if (!other.AsSpan().StartsWith(Hello))
        {
            throw new AudioMeshException(AudioErrorKind.Protocol, "The other side does not hand over takes.");
        }

        byte[] client = (isServer ? other : own)[Hello.Length..];
        byte[] server = (isServer ? own : other)[Hello.Length..];
        TakeLinkEnd toServer = Derive(key, "AudioMesh takes 1 to server"u8, client, server);
        TakeLinkEnd toClient = Derive(key, "AudioMesh takes 1 to client"u8, client, server);
        return isServer ? new TakeLink(stream, toClient, toServer) : new TakeLink(stream, toServer, toClient);
    }

    /// <summary>Sends a record. Throws DeviceLost or Timeout.</summary>
    public Task SendAsync(TakeRecordKind kind, ReadOnlyMemory<byte> content, CancellationToken cancellation)
    {
        int length = 1 + content.Length;
        BinaryPrimitives.WriteInt32BigEndian(_sent, length);
        Memory<byte> record = _sent.AsMemory(0, sizeof(int) + length + TagBytes);
        Span<byte> body = record.Span.Slice(sizeof(int), length);
        body[0] = (byte)kind;
        content.Span.CopyTo(body[1..]);
        Span<byte> nonce = stackalloc byte[NonceBytes];
        _out.NextNonce(nonce);
        _out.Cipher.Encrypt(nonce, body, body, record.Span[^TagBytes..], record.Span[..sizeof(int)]);
        return WithPatienceAsync(limit => _stream.WriteAsync(record, limit).AsTask(), cancellation);
    }

    /// <summary>The next record; its content is valid until the next call. Throws PermissionDenied for one that was not made with the session's key, Protocol, DeviceLost or Timeout.</summary>
    public async Task<(TakeRecordKind Kind, ReadOnlyMemory<byte> Content)> ReceiveAsync(CancellationToken cancellation)
    {
        int length = 0;
        await WithPatienceAsync(async limit =>
        {
            await _stream.ReadExactlyAsync(_length, limit).ConfigureAwait(false);
            length = BinaryPrimitives.ReadInt32BigEndian(_length);
            if (length is < 1 or > 1 + MostBytes)
            {
                throw new AudioMeshException(AudioErrorKind.Protocol, $"A record of {length} bytes was announced.");
            }

            await _stream.ReadExactlyAsync(_received.AsMemory(0, length + TagBytes), limit).ConfigureAwait(false);
        }, cancellation).ConfigureAwait(false);
        Open(length);
        return ((TakeRecordKind)_received[0], _received.AsMemory(1, length - 1));
    }

    public void Dispose()
    {
        _stream.Dispose();
        _out.Dispose();
        _in.Dispose();
    }

    private static TakeLinkEnd Derive(SessionKey key, ReadOnlySpan<byte> label, byte[] client, byte[] server)
    {
        Span<byte> secret = stackalloc byte[SessionKey.Bytes + NonceBytes];
        key.DeriveLink([.. label, .. client, .. server], secret);
        TakeLinkEnd end = new(new AesGcm(secret[..SessionKey.Bytes], TagBytes), secret[SessionKey.Bytes..].ToArray());
        CryptographicOperations.ZeroMemory(secret);
        return end;
    }

    private static async Task WithPatienceAsync(Func<CancellationToken, Task> work, CancellationToken cancellation)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Patience);
        try
        {
            await work(limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new AudioMeshException(AudioErrorKind.Timeout, $"The other side said nothing for {Patience.TotalSeconds} s.");
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            throw new AudioMeshException(AudioErrorKind.DeviceLost, "The connection broke off.", e);
        }
    }

    private void Open(int length)
    {
        Span<byte> nonce = stackalloc byte[NonceBytes];
        _in.NextNonce(nonce);
        Span<byte> body = _received.AsSpan(0, length);
        try
        {
            _in.Cipher.Decrypt(nonce, body, _received.AsSpan(length, TagBytes), body, _length);
        }
        catch (AuthenticationTagMismatchException e)
        {
            throw new AudioMeshException(AudioErrorKind.PermissionDenied, "The other side does not have this session's key.", e);
        }
    }
}
