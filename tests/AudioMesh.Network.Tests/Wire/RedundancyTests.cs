// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Network.Wire;
using AudioMesh.Realtime;
using AudioMesh.Testing;

namespace AudioMesh.Network.Tests.Wire;

public sealed class RedundancyTests
{
    private static readonly int PacketBytes = DatagramSize.Payload(DatagramSize.Default) + AudioBody.HeaderBytes;

    [Test]
    public void Any_one_of_a_group_is_restored([Values(2, 3, 4, 8, 32)] int group, [Values(0u, uint.MaxValue - 3)] uint first)
    {
        for (int lost = 0; lost < group; lost++)
        {
            byte[][] packets = [.. Enumerable.Range(0, group).Select(i => Packet(first + (uint)i, 1 + ((i * 37) % 300)))];
            for (int parityAt = 0; parityAt <= group; parityAt += group)
            {
                ParityDecoder decoder = new(group, PacketBytes);
                byte[] parity = ParityOf(packets, first);
                bool isRestored = false;
                for (int i = 0; i < group; i++)
                {
                    isRestored |= parityAt == i && Give(decoder, parity);
                    isRestored |= i != lost && decoder.Add(first + (uint)i, packets[i]);
                }

                isRestored |= parityAt == group && Give(decoder, parity);
                Assert.That(isRestored);
                Assert.That(decoder.Restored.SequenceEqual(packets[lost]));
                Assert.That(decoder.RestoredCount, Is.EqualTo(1));
            }
        }
    }

    [Test]
    public void Two_lost_of_a_group_stay_lost()
    {
        byte[][] packets = [.. Enumerable.Range(0, 4).Select(i => Packet((uint)i, 64))];
        ParityDecoder decoder = new(4, PacketBytes);
        Assert.That(decoder.Add(0, packets[0]), Is.False);
        Assert.That(decoder.Add(3, packets[3]), Is.False);
        Assert.That(Give(decoder, ParityOf(packets, 0)), Is.False);
        Assert.That(decoder.Add(2, packets[2]), "one comes late after all");
        Assert.That(decoder.Restored.SequenceEqual(packets[1]));
    }

    [Test]
    public void Nothing_is_restored_where_nothing_is_lost()
    {
        byte[][] packets = [.. Enumerable.Range(0, 4).Select(i => Packet((uint)i, 64))];
        ParityDecoder decoder = new(4, PacketBytes);
        Assert.That(Enumerable.Range(0, 4).Any(i => decoder.Add((uint)i, packets[i])), Is.False);
        Assert.That(Give(decoder, ParityOf(packets, 0)), Is.False);
    }

    [Test]
    public void A_parity_that_is_wrong_restores_nothing()
    {
        byte[][] packets = [.. Enumerable.Range(0, 4).Select(i => Packet((uint)i, 64))];
        byte[] good = ParityOf(packets, 0);
        RepeatableRandom random = new(3);
        int restored = 0;
        for (int round = 0; round < 5000; round++)
        {
            byte[] bent = [.. good];
            bent[random.Next(ParityBody.HeaderBytes + AudioBody.HeaderBytes)] ^= (byte)(1 + random.Next(255));
            ParityDecoder decoder = new(4, PacketBytes);
            decoder.Add(0, packets[0]);
            decoder.Add(1, packets[1]);
            decoder.Add(2, packets[2]);
            if (ParityBody.TryRead(bent, out ParityBody parity, out ReadOnlySpan<byte> sum) && decoder.AddParity(parity, sum))
            {
                ReadOnlySpan<byte> rest = decoder.Restored;
                Assert.That(AudioBody.TryRead(ref rest, out _, out _) && rest.IsEmpty, "what is restored is sound");
                restored++;
            }
        }

        Assert.That(restored, Is.LessThan(4000));
    }

    [Test]
    public void Repeated_packets_ride_along_where_they_fit([Values(1, 2, 3, 8)] int repeats, [Values(1, 64, 128)] int frames)
    {
        PacketPlan plan = PacketPlan.For(4, frames, 48_000, SampleEncoding.Int24);
        AudioBodyWriter writer = new(plan, Redundancy.Repeat(repeats));
        byte[] body = new byte[DatagramSize.Body(DatagramSize.Default)];
        Dictionary<uint, int> seen = [];
        uint sequence = 0;
        for (int block = 0; block < 40; block++)
        {
            for (int lane = 0; lane < plan.Lanes; lane++)
            {
                AudioPacketHeader header = Header(sequence, plan.FirstChannelOf(lane), plan.ChannelsOf(lane), frames);
                Assert.That(writer.Add(header, TestSession.Random(header.ChannelCount * frames * 3, sequence)));
                bool isFirst = true;
                while (writer.TryNext(body, out MessageType type, out int bytes))
                {
                    Assert.That(type, Is.EqualTo(MessageType.Audio));
                    ReadOnlySpan<byte> rest = body.AsSpan(0, bytes);
                    while (AudioBody.TryRead(ref rest, out AudioPacketHeader read, out ReadOnlySpan<byte> payload))
                    {
                        Assert.That(!isFirst || read.Sequence == sequence, "the new one comes first");
                        Assert.That(read.FirstChannel, Is.EqualTo(header.FirstChannel));
                        Assert.That(payload.SequenceEqual(TestSession.Random(payload.Length, read.Sequence)));
                        seen[read.Sequence] = seen.GetValueOrDefault(read.Sequence) + 1;
                        isFirst = false;
                    }

                    Assert.That(rest.IsEmpty);
                }

                sequence++;
            }
        }

        Assert.That(seen.Where(pair => pair.Key < sequence - (repeats * plan.Lanes)).Select(pair => pair.Value), Is.All.EqualTo(1 + repeats));
    }

    [Test]
    public void Small_packets_are_repeated_without_another_datagram()
    {
        PacketPlan plan = PacketPlan.For(2, 64, 48_000, SampleEncoding.Int24);
        AudioBodyWriter writer = new(plan, Redundancy.Repeat(2));
        byte[] body = new byte[DatagramSize.Body(DatagramSize.Default)];
        for (uint sequence = 0; sequence < 10; sequence++)
        {
            writer.Add(Header(sequence, 0, 2, 64), new byte[384]);
            Assert.That(writer.TryNext(body, out _, out _));
            Assert.That(writer.TryNext(body, out _, out _), Is.False);
        }
    }

    [Test]
    public void After_a_group_comes_its_parity()
    {
        PacketPlan plan = PacketPlan.For(2, 64, 48_000, SampleEncoding.Int24);
        AudioBodyWriter writer = new(plan, Redundancy.Parity(4));
        byte[] body = new byte[DatagramSize.Body(DatagramSize.Default)];
        List<MessageType> types = [];
        for (uint sequence = 0; sequence < 8; sequence++)
        {
            writer.Add(Header(sequence, 0, 2, 64), new byte[384]);
            while (writer.TryNext(body, out MessageType type, out int bytes))
            {
                types.Add(type);
                Assert.That(type == MessageType.Audio || (ParityBody.TryRead(body.AsSpan(0, bytes), out ParityBody parity, out _) && parity.Count == 4));
            }
        }

        MessageType[] group = [MessageType.Audio, MessageType.Audio, MessageType.Audio, MessageType.Audio, MessageType.Parity];
        Assert.That(types, Is.EqualTo([.. group, .. group]));
    }

    [Test]
    public void The_longest_packets_have_a_parity_that_fits()
    {
        PacketPlan plan = PacketPlan.For(1, 512, 48_000, SampleEncoding.Float32);
        AudioBodyWriter writer = new(plan, Redundancy.Parity(2));
        byte[] body = new byte[DatagramSize.Body(DatagramSize.Default)];
        byte[] longest = new byte[DatagramSize.Payload(DatagramSize.Default)];
        Assert.That(writer.Add(Header(0, 0, 1, 300), longest) && writer.Add(Header(1, 0, 1, 300), longest));
        Assert.That(writer.TryNext(body, out _, out _) && writer.TryNext(body, out MessageType type, out int bytes) && type == MessageType.Parity && bytes == body.Length);
        Assert.That(writer.Add(Header(2, 0, 1, 300), new byte[longest.Length + 1]), Is.False);
    }

    [Test]
    public void Redundancy_allocates_nothing_for_a_packet([Values(RedundancyKind.Repeat, RedundancyKind.Parity)] RedundancyKind kind)
    {
        PacketPlan plan = PacketPlan.For(2, 64, 48_000, SampleEncoding.Int24);
        AudioBodyWriter writer = new(plan, new Redundancy(kind, 4));
        ParityDecoder decoder = new(4, PacketBytes);
        byte[] body = new byte[DatagramSize.Body(DatagramSize.Default)];
        byte[] payload = new byte[384];
        uint sequence = 0;
        AllocationGate.AssertNone(() =>
        {
            writer.Add(Header(sequence++, 0, 2, 64), payload);
            while (writer.TryNext(body, out MessageType type, out int bytes))
            {
                ReadOnlySpan<byte> packet = body.AsSpan(0, bytes);
                if (type == MessageType.Parity && ParityBody.TryRead(packet, out ParityBody parity, out ReadOnlySpan<byte> sum))
                {
                    decoder.AddParity(parity, sum);
                }
                else if (sequence % 5 != 0)
                {
                    decoder.Add(sequence - 1, packet[..(AudioBody.HeaderBytes + 384)]);
                }
            }
        });
        Assert.That(decoder.RestoredCount, kind == RedundancyKind.Parity ? Is.Positive : Is.Zero);
    }

    private static bool Give(ParityDecoder decoder, byte[] parity)
    {
        Assert.That(ParityBody.TryRead(parity, out ParityBody header, out ReadOnlySpan<byte> sum));
        return decoder.AddParity(header, sum);
    }

    private static byte[] ParityOf(byte[][] packets, uint first)
    {
        ParityEncoder encoder = new(packets.Length, PacketBytes);
        for (int i = 0; i < packets.Length; i++)
        {
            Assert.That(encoder.IsComplete, Is.False);
            encoder.Add(7, first + (uint)i, packets[i]);
        }

        Assert.That(encoder.IsComplete);
        byte[] body = new byte[DatagramSize.Body(DatagramSize.Default)];
        return body[..encoder.Write(body)];
    }

    private static byte[] Packet(uint sequence, int frames)
    {
        byte[] bytes = new byte[AudioBody.HeaderBytes + (frames * 2)];
        AudioBody.Write(bytes, Header(sequence, 0, 1, frames) with { Encoding = SampleEncoding.Int16 }, TestSession.Random(frames * 2, sequence));
        return bytes;
    }

    private static AudioPacketHeader Header(uint sequence, int firstChannel, int count, int frames) => new(
        7, sequence, sequence * (long)frames, new MeshTime(sequence), 48_000, 4, firstChannel, count, frames, SampleEncoding.Int24, FrameFlags.None);
}
