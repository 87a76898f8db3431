// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Network.Media;
using AudioMesh.Network.Wire;
using AudioMesh.Realtime;
using AudioMesh.Testing;

namespace AudioMesh.Network.Tests.Media;

public unsafe class HostileHeaderTests
{
    private static readonly long[] Absurd = [long.MinValue, long.MinValue + 1, -1, 0, 1, 1L << 40, (1L << 54) - 1, 1L << 54, 1L << 62, long.MaxValue - 1, long.MaxValue];
    private static readonly int[] Counts = [int.MinValue, -1, 0, 1, 2, 3, 63, 64, 65, 512, 513, int.MaxValue];

    [Test]
    public void No_header_corrupts_or_throws_and_the_stream_is_heard_again_after([Values(1ul, 2ul, 3ul)] ulong seed)
    {
        RepeatableRandom random = new(seed);
        StreamReceiverOptions options = new() { Channels = 3, ChannelsPerLane = 2, Rate = 48000 };
        using VirtualLink link = new(options, 64, 64) { Sound = StreamReceiverTests.Tone };
        link.Heard = (planes, _, _, _) => Assert.That(planes.All(sample => Math.Abs(sample) <= 2), Is.True);
        float[] planes = new float[2 * 512];
        byte[] payload = new byte[4 * 2 * 512];
        random.Fill(planes);
        link.Run(0.2);
        for (int round = 0; round < 4000; round++)
        {
            AudioPacketHeader header = Header(ref random, link.Frame);
            MeshTime arrival = random.Next(4) == 0 ? new MeshTime(Absurd[random.Next(Absurd.Length)]) : new MeshTime((long)link.Now);
            if (random.Next(2) == 0)
            {
                link.Receiver.Put(header, planes.AsSpan(0, Math.Clamp(header.ChannelCount * header.Frames, 0, planes.Length)), arrival);
            }
            else
            {
                link.Receiver.Put(header, payload.AsSpan(0, random.Next(payload.Length)), arrival);
            }

            if (round % 20 == 0)
            {
                link.Run(0.005);
            }
        }

        link.Run(2);
        long missing = link.Receiver.MissingFrames;
        link.Run(2);
        Assert.Multiple(() =>
        {
            Assert.That(link.Receiver.MissingFrames, Is.EqualTo(missing));
            Assert.That(link.Receiver.Statistics.State, Is.EqualTo(ReceiverState.Playing));
        });
    }

    private static AudioPacketHeader Header(ref RepeatableRandom random, long frame)
    {
        int Pick(ref RepeatableRandom of, int usual) => of.Next(5) == 0 ? Counts[of.Next(Counts.Length)] : usual;
        long At(ref RepeatableRandom of, long usual) => of.Next(3) == 0 ? Absurd[of.Next(Absurd.Length)] : usual + of.Next(100_000) - 50_000;
        return new AudioPacketHeader(
            (uint)random.Next(3) == 0 ? 7u : 1u,
            (uint)random.NextBits(),
            At(ref random, frame),
            new MeshTime(At(ref random, 1_000_000_000)),
            Pick(ref random, 48000),
            Pick(ref random, 3),
            Pick(ref random, 0),
            Pick(ref random, 2),
            Pick(ref random, 64),
            (SampleEncoding)random.Next(6),
            (FrameFlags)random.Next(32));
    }
}
