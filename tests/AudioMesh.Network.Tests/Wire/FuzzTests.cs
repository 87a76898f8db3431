// SPDX-License-Identifier: MIT
using AudioMesh.Network.Wire;
using AudioMesh.Testing;

namespace AudioMesh.Network.Tests.Wire;

/// <summary>
/// Datagrams of every kind, then bent: bits turned, bytes overwritten, cut, lengthened, joined, replayed, from other sessions. <c>AUDIOMESH_FUZZ_DATAGRAMS</c> says how many: ten million for a
/// long run.
/// </summary>
public sealed class FuzzTests
{
    private static readonly int Datagrams = int.Parse(Environment.GetEnvironmentVariable("AUDIOMESH_FUZZ_DATAGRAMS") ?? "200000", System.Globalization.CultureInfo.InvariantCulture);

    [Test]
    public void No_datagram_that_was_bent_is_heard_and_none_leaves_a_trace([Values(1UL)] ulong seed)
    {
        RepeatableRandom random = new(seed);
        using TestSession session = new();
        using EnvelopeSealer other = new(new SenderIdentity(SessionKey.FromSecret(TestSession.Random(32, 9), "others"), 5));
        byte[][] sound = [.. Enumerable.Range(0, 64).Select(i => session.Seal((MessageType)(1 + (i % 11)), SoundBodies.Of((MessageType)(1 + (i % 11)), (ulong)i)))];
        byte[] foreign = TestSession.Seal(other, MessageType.Audio, SoundBodies.Of(MessageType.Audio, 1));
        byte[] buffer = new byte[20_000];
        long heard = 0;
        long before = GC.GetTotalMemory(forceFullCollection: true);
        for (int i = 0; i < Datagrams; i++)
        {
            ReadOnlySpan<byte> source = random.Next(20) == 0 ? foreign : sound[random.Next(sound.Length)];
            Span<byte> bent = Mutation.Of(source, buffer, ref random);
            DropCause cause = session.Opener.Open(bent, session.Body, TestSession.At(i), out _, out int bytes);
            if (cause == DropCause.None)
            {
                byte[] opened = bent.ToArray();
                Assert.That(sound.Any(datagram => opened.AsSpan().SequenceEqual(datagram)), $"datagram {i} of seed {seed} was bent");
                heard++;
            }
            else
            {
                Assert.That(bytes, Is.Zero);
            }
        }

        DropCounters drops = session.Opener.Drops;
        Assert.That(heard, Is.LessThanOrEqualTo(sound.Length));
        Assert.That(drops.Total + heard, Is.EqualTo(Datagrams));
        Assert.That(session.Opener.SenderCount, Is.LessThanOrEqualTo(1));
        Assert.That(GC.GetTotalMemory(forceFullCollection: true) - before, Is.LessThan(2_000_000), "bytes kept");
        foreach (DropCause cause in (DropCause[])[DropCause.TooShort, DropCause.TooLong, DropCause.Foreign, DropCause.OtherVersion, DropCause.UnknownType, DropCause.OtherSession, DropCause.NotAuthentic, DropCause.Replayed])
        {
            Assert.That(drops[cause], Is.Positive, $"{cause}");
        }
    }

    [Test]
    public void Readers_of_bodies_take_any_bytes([Values(1UL, 2UL)] ulong seed)
    {
        RepeatableRandom random = new(seed);
        byte[][] sound = [.. Enumerable.Range(0, 256).Select(i => SoundBodies.Of((MessageType)(1 + (i % 11)), (ulong)i))];
        byte[] buffer = new byte[20_000];
        ParityDecoder decoder = new(8, DatagramSize.Payload(DatagramSize.Default) + AudioBody.HeaderBytes);
        int read = 0;
        for (int i = 0; i < Datagrams; i++)
        {
            ReadOnlySpan<byte> body = Mutation.Of(sound[random.Next(sound.Length)], buffer, ref random);
            read += Read(body, decoder);
        }

        Assert.That(read, Is.Positive);
    }

    private static int Read(ReadOnlySpan<byte> body, ParityDecoder decoder)
    {
        int read = AnnounceBody.TryRead(body, out _) ? 1 : 0;
        read += SubscribeBody.TryRead(body, out _) ? 1 : 0;
        read += ControlBody.TryRead(body, out _, out _) ? 1 : 0;
        read += BusBody.TryRead(body, out _, out _) ? 1 : 0;
        read += BusAckBody.TryRead(body, out _) ? 1 : 0;
        if (ParityBody.TryRead(body, out ParityBody parity, out ReadOnlySpan<byte> sum))
        {
            decoder.AddParity(parity, sum);
            read++;
        }

        ReadOnlySpan<byte> rest = body;
        while (AudioBody.TryRead(ref rest, out AudioPacketHeader header, out ReadOnlySpan<byte> payload))
        {
            Assert.That(header.Frames, Is.InRange(1, AudioBody.MostFrames));
            Assert.That(header.FirstChannel + header.ChannelCount, Is.LessThanOrEqualTo(header.Channels));
            Assert.That(payload.Length, Is.LessThanOrEqualTo(body.Length));
            decoder.Add(header.Sequence, payload);
            read++;
        }

        return read;
    }
}
