// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Network.Wire;
using AudioMesh.Testing;

namespace AudioMesh.Network.Tests.Wire;

/// <summary>A sender and a receiver of one session.</summary>
internal sealed class TestSession : IDisposable
{
    public const ulong SenderId = 0x1122_3344_5566_7788;
    public const ulong ReceiverId = 0x99AA_BBCC_DDEE_FF00;

    public static SessionKey Key { get; } = SessionKey.FromSecret(Enumerable.Range(0, 32).Select(i => (byte)i).ToArray(), "tests");

    public EnvelopeSealer Sealer { get; } = new(new SenderIdentity(Key, SenderId));

    public EnvelopeOpener Opener { get; } = new(Key, ReceiverId);

    public byte[] Body { get; } = new byte[DatagramSize.Most];

    public byte[] Seal(MessageType type, ReadOnlySpan<byte> body) => Seal(Sealer, type, body);

    public static byte[] Seal(EnvelopeSealer sealer, MessageType type, ReadOnlySpan<byte> body)
    {
        byte[] buffer = new byte[body.Length + EnvelopeHeader.Bytes + EnvelopeHeader.TagBytes];
        body.CopyTo(EnvelopeSealer.BodyOf(buffer));
        Assert.That(sealer.Seal(type, buffer, body.Length), Is.EqualTo(buffer.Length));
        return buffer;
    }

    public DropCause Open(ReadOnlySpan<byte> datagram, long nowMs = 0) => Opener.Open(datagram, Body, At(nowMs), out _, out _);

    public static MeshTime At(long ms) => new(ms * 1_000_000);

    public static byte[] Random(int bytes, ulong seed)
    {
        byte[] random = new byte[bytes];
        new RepeatableRandom(seed).Fill(random);
        return random;
    }

    public void Dispose()
    {
        Sealer.Dispose();
        Opener.Dispose();
    }
}
