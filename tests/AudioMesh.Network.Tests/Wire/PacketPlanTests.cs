// SPDX-License-Identifier: MIT
using AudioMesh.Network.Wire;

namespace AudioMesh.Network.Tests.Wire;

public sealed class PacketPlanTests
{
    private static readonly int[] Blocks = [16, 32, 48, 64, 120, 128, 240, 256, 480, 500, 512, 1024];

    [Test]
    public void Every_stream_is_cut_into_packets_that_fit(
        [Values(SampleEncoding.Float32, SampleEncoding.Int24, SampleEncoding.Int16)] SampleEncoding encoding,
        [Values(DatagramSize.Least, DatagramSize.Default, DatagramSize.Most)] int datagramBytes)
    {
        for (int channels = 1; channels <= AudioBody.MostChannels; channels++)
        {
            foreach (int frames in Blocks)
            {
                PacketPlan plan = PacketPlan.For(channels, frames, 48_000, encoding, datagramBytes);
                int bytes = plan.ChannelsPerLane * plan.FramesPerPacket * SampleCodec.BytesPerSample(encoding);
                Assert.That(bytes, Is.LessThanOrEqualTo(DatagramSize.Payload(datagramBytes)));
                Assert.That(plan.FramesPerPacket, Is.InRange(1, Math.Min(frames, AudioBody.MostFrames)));
                Assert.That(Enumerable.Range(0, plan.Lanes).Sum(plan.ChannelsOf), Is.EqualTo(channels));
                Assert.That(Enumerable.Range(0, plan.Lanes).Min(plan.ChannelsOf), Is.Positive);
                Assert.That(plan.FirstChannelOf(plan.Lanes - 1) + plan.ChannelsOf(plan.Lanes - 1), Is.EqualTo(channels));
                Assert.That(plan.IsReblocked, Is.False);
            }
        }
    }

    [TestCase(2, 64, SampleEncoding.Float32, 1, 2, 64)]
    [TestCase(2, 128, SampleEncoding.Float32, 1, 2, 128)]
    [TestCase(2, 256, SampleEncoding.Float32, 2, 1, 256)]
    [TestCase(1, 512, SampleEncoding.Float32, 1, 1, 256)]
    [TestCase(64, 64, SampleEncoding.Int24, 5, 13, 32)]
    [TestCase(64, 16, SampleEncoding.Int16, 2, 32, 16)]
    public void Cuts_are_the_fewest(int channels, int frames, SampleEncoding encoding, int lanes, int channelsPerLane, int framesPerPacket)
    {
        PacketPlan plan = PacketPlan.For(channels, frames, 48_000, encoding);
        Assert.That((plan.Lanes, plan.ChannelsPerLane, plan.FramesPerPacket), Is.EqualTo((lanes, channelsPerLane, framesPerPacket)));
    }

    [TestCase(64, 120, true)]
    [TestCase(120, 120, false)]
    [TestCase(128, 120, true)]
    [TestCase(256, 240, true)]
    [TestCase(480, 480, false)]
    [TestCase(512, 480, true)]
    [TestCase(960, 480, false)]
    public void Opus_takes_its_own_lengths(int frames, int framesPerPacket, bool isReblocked)
    {
        PacketPlan plan = PacketPlan.For(5, frames, 48_000, SampleEncoding.Opus);
        Assert.That((plan.Lanes, plan.ChannelsPerLane, plan.FramesPerPacket, plan.IsReblocked), Is.EqualTo((3, 2, framesPerPacket, isReblocked)));
    }

    [TestCase(0, 64, 48_000, SampleEncoding.Int16, 1432, AudioErrorKind.InvalidArgument)]
    [TestCase(65, 64, 48_000, SampleEncoding.Int16, 1432, AudioErrorKind.InvalidArgument)]
    [TestCase(2, 0, 48_000, SampleEncoding.Int16, 1432, AudioErrorKind.InvalidArgument)]
    [TestCase(2, 64, 0, SampleEncoding.Int16, 1432, AudioErrorKind.InvalidArgument)]
    [TestCase(2, 64, 48_000, (SampleEncoding)9, 1432, AudioErrorKind.InvalidArgument)]
    [TestCase(2, 64, 48_000, SampleEncoding.Int16, 100, AudioErrorKind.InvalidArgument)]
    [TestCase(2, 64, 44_100, SampleEncoding.Opus, 1432, AudioErrorKind.FormatUnsupported)]
    public void What_cannot_be_is_refused(int channels, int frames, int rate, SampleEncoding encoding, int datagramBytes, AudioErrorKind kind) =>
        Assert.That(
            () => PacketPlan.For(channels, frames, rate, encoding, datagramBytes),
            Throws.TypeOf<AudioMeshException>().With.Property(nameof(AudioMeshException.Kind)).EqualTo(kind));
}
