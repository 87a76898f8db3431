// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using AudioMesh.Clock;
using AudioMesh.Network.Wire;
using AudioMesh.Realtime;
using AudioMesh.Testing;
using FsCheck;
using FsCheck.Fluent;

namespace AudioMesh.Network.Tests.Wire;

public sealed class AudioBodyTests
{
    private static readonly AudioPacketHeader Stereo = new(
        7, uint.MaxValue, 123_456, new MeshTime(-5), 48_000, 4, 2, 2, 3, SampleEncoding.Int16, FrameFlags.Predicted | FrameFlags.GpuLate);

    [Test]
    public void Packets_are_read_as_they_were_written() =>
        Prop.ForAll(Made.Packets.ArrayOf(3).ToArbitrary(), packets =>
        {
            byte[] bytes = new byte[packets.Sum(packet => AudioBody.HeaderBytes + packet.Payload.Length)];
            int at = 0;
            foreach ((AudioPacketHeader header, byte[] payload) in packets)
            {
                at += AudioBody.Write(bytes.AsSpan(at), header, payload);
            }

            ReadOnlySpan<byte> rest = bytes;
            foreach ((AudioPacketHeader header, byte[] payload) in packets)
            {
                Assert.That(AudioBody.TryRead(ref rest, out AudioPacketHeader read, out ReadOnlySpan<byte> readPayload));
                Assert.That(read, Is.EqualTo(header));
                Assert.That(readPayload.SequenceEqual(payload));
            }

            Assert.That(rest.IsEmpty);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Test]
    public void A_time_may_be_unknown()
    {
        ReadOnlySpan<byte> body = Bytes(Stereo with { Timestamp = MeshTime.Unknown });
        Assert.That(AudioBody.TryRead(ref body, out AudioPacketHeader read, out _));
        Assert.That(read.Timestamp.IsKnown, Is.False);
    }

    [Test]
    public void Every_shorter_body_is_refused()
    {
        byte[] bytes = Bytes(Stereo);
        for (int length = 0; length < bytes.Length; length++)
        {
            ReadOnlySpan<byte> body = bytes.AsSpan(0, length);
            Assert.That(AudioBody.TryRead(ref body, out _, out _), Is.False, $"{length} bytes");
            Assert.That(body.Length, Is.EqualTo(length));
        }
    }

    private static readonly TestCaseData[] Unsound =
    [
        Case("no channels", (body) => body[32] = 0),
        Case("65 channels", (body) => body[32] = 65),
        Case("channels behind the last", (body) => body[33] = 3),
        Case("none of the channels", (body) => body[34] = 0),
        Case("no frames", (body) => BinaryPrimitives.WriteUInt16BigEndian(body.AsSpan(28), 0)),
        Case("513 frames", (body) => BinaryPrimitives.WriteUInt16BigEndian(body.AsSpan(28), 513)),
        Case("fewer samples than frames", (body) => BinaryPrimitives.WriteUInt16BigEndian(body.AsSpan(28), 4)),
        Case("more samples than frames", (body) => BinaryPrimitives.WriteUInt16BigEndian(body.AsSpan(28), 2)),
        Case("a rate of 999", (body) => BinaryPrimitives.WriteInt32BigEndian(body.AsSpan(24), 999)),
        Case("a negative rate", (body) => BinaryPrimitives.WriteInt32BigEndian(body.AsSpan(24), int.MinValue)),
        Case("a negative position", (body) => body[8] = 0x80),
        Case("a position that sums would overflow", (body) => BinaryPrimitives.WriteInt64BigEndian(body.AsSpan(8), long.MaxValue)),
        Case("a time that sums would overflow", (body) => BinaryPrimitives.WriteInt64BigEndian(body.AsSpan(16), long.MaxValue)),
        Case("encoding 0", (body) => body[35] = 0),
        Case("encoding 5", (body) => body[35] = 5),
        Case("a payload behind the end", (body) => BinaryPrimitives.WriteUInt16BigEndian(body.AsSpan(30), 13)),
    ];

    [TestCaseSource(nameof(Unsound))]
    public void What_breaks_a_rule_is_refused(Action<byte[]> spoil)
    {
        byte[] bytes = Bytes(Stereo);
        spoil(bytes);
        ReadOnlySpan<byte> body = bytes;
        Assert.That(AudioBody.TryRead(ref body, out AudioPacketHeader header, out _), Is.False);
        Assert.That(header, Is.EqualTo(default(AudioPacketHeader)));
    }

    [Test]
    public void Writing_and_reading_allocate_nothing()
    {
        byte[] bytes = Bytes(Stereo);
        byte[] payload = new byte[12];
        AllocationGate.AssertNone(() =>
        {
            AudioBody.Write(bytes, Stereo, payload);
            ReadOnlySpan<byte> body = bytes;
            AudioBody.TryRead(ref body, out _, out _);
        });
    }

    private static TestCaseData Case(string name, Action<byte[]> spoil) => new TestCaseData(spoil).SetArgDisplayNames(name);

    private static byte[] Bytes(AudioPacketHeader header)
    {
        byte[] bytes = new byte[AudioBody.HeaderBytes + 12];
        AudioBody.Write(bytes, header, new byte[12]);
        return bytes;
    }
}
