// SPDX-License-Identifier: MIT
using AudioMesh.Network.Media;

namespace AudioMesh.Network.Tests.Media;

public class OutageTests
{
    private static readonly StreamReceiverOptions Stereo = new() { Channels = 2, Rate = 48000 };

    [TestCase(0.06)]
    [TestCase(0.5)]
    [TestCase(5)]
    public void After_an_outage_the_stream_goes_on_where_it_is_without_a_click(double seconds)
    {
        using VirtualLink link = new(Stereo, 64, 64) { Sound = StreamReceiverTests.Tone, Trains = true };
        double worst = Watch(link);
        link.Run(3);
        double depth = link.Receiver.Statistics.DepthFrames;
        link.Way = _ => -1;
        link.Run(seconds);
        ReceiverState during = link.Receiver.Statistics.State;
        link.Way = _ => 100_000;
        link.Run(2);
        ReceiverStatistics after = link.Receiver.Statistics;
        Assert.Multiple(() =>
        {
            Assert.That(during, Is.EqualTo(seconds > 0.2 ? ReceiverState.Outage : ReceiverState.Playing));
            Assert.That(after.State, Is.EqualTo(ReceiverState.Playing));
            Assert.That(after.DepthFrames, Is.EqualTo(depth).Within(1));
            Assert.That(after.MissingFrames, Is.EqualTo(seconds * 48000).Within(130));
            Assert.That(after.Resyncs, Is.Zero);
            Assert.That(_worst, Is.LessThan(0.1), $"{worst}");
        });
    }

    [Test]
    public void A_sender_that_starts_again_is_heard_again()
    {
        using VirtualLink link = new(Stereo, 64, 64) { Sound = StreamReceiverTests.Tone };
        link.Run(3);
        link.StreamId = 2;
        link.Frame = 0;
        link.Run(2);
        ReceiverStatistics after = link.Receiver.Statistics;
        Assert.Multiple(() =>
        {
            Assert.That(after.LastResync, Is.EqualTo(ResyncCause.StreamRestarted));
            Assert.That(after.State, Is.EqualTo(ReceiverState.Playing));
            Assert.That(after.MissingFrames, Is.InRange(1000, 9600));
            Assert.That(after.DepthFrames, Is.LessThan(70));
        });
    }

    [TestCase(10_000_000)]
    [TestCase(-100_000)]
    public void A_jump_of_positions_is_followed(long frames)
    {
        using VirtualLink link = new(Stereo, 64, 64) { Sound = StreamReceiverTests.Tone };
        link.Run(3);
        link.Frame += frames;
        link.Run(2);
        ReceiverStatistics after = link.Receiver.Statistics;
        Assert.Multiple(() =>
        {
            Assert.That(after.LastResync, Is.EqualTo(ResyncCause.PositionJumped));
            Assert.That(after.State, Is.EqualTo(ReceiverState.Playing));
            Assert.That(after.MissingFrames, Is.LessThan(9600));
            Assert.That(after.DepthFrames, Is.LessThan(70));
        });
    }

    [Test]
    public void A_way_that_becomes_longer_than_the_greatest_depth_is_followed()
    {
        StreamReceiverOptions options = Stereo with { MaxDepthMs = 20 };
        using VirtualLink link = new(options, 64, 64) { Sound = StreamReceiverTests.Tone };
        link.Run(3);
        link.Way = _ => 80_000_000;
        link.Run(3);
        ReceiverStatistics after = link.Receiver.Statistics;
        Assert.Multiple(() =>
        {
            Assert.That(after.LastResync, Is.EqualTo(ResyncCause.TooLate));
            Assert.That(after.State, Is.EqualTo(ReceiverState.Playing));
            Assert.That(after.MissingFrames, Is.LessThan(24000));
        });
        long missing = after.MissingFrames;
        link.Run(1);
        Assert.That(link.Receiver.Statistics.MissingFrames, Is.EqualTo(missing));
    }

    [TestCase(64)]
    [TestCase(512)]
    public void A_way_that_becomes_longer_by_all_of_a_great_depth_is_followed(int frames)
    {
        StreamReceiverOptions options = Stereo with { MaxDepthMs = 500 };
        using VirtualLink link = new(options, frames, frames) { Sound = StreamReceiverTests.Tone };
        link.Run(3);
        link.Way = packet => packet % 4 != 0 ? 480_000_000 : 1_000_000;
        link.Run(6);
        ReceiverStatistics after = link.Receiver.Statistics;
        link.Run(1);
        Assert.Multiple(() =>
        {
            Assert.That(after.State, Is.EqualTo(ReceiverState.Playing));
            Assert.That(after.DepthFrames, Is.InRange(400 * 48, 520 * 48));
            Assert.That(link.Receiver.Statistics.MissingFrames, Is.EqualTo(after.MissingFrames));
        });
    }

    [Test]
    public void Whatever_comes_whenever_is_survived([Range(1, 12, 1)] int seed)
    {
        Random random = new(seed);
        int frames = 1 << random.Next(5, 10);
        using VirtualLink link = new(Stereo with { MaxDepthMs = random.Next(2) == 0 ? 200 : 2000 }, frames, 1 << random.Next(5, 10)) { Sound = StreamReceiverTests.Tone };
        for (int turn = 0; turn < 60; turn++)
        {
            (long least, long most, int rare) = (random.Next(200_000_000), 1L << random.Next(10, 29), random.Next(1, 50));
            link.Way = packet => least + (packet % rare == 0 ? random.NextInt64(most) : 0);
            link.HasMeshTime = random.Next(4) != 0;
            link.SenderPpm = random.Next(-300, 300);
            link.Run(random.NextDouble() * 0.4, sends: random.Next(8) != 0, reads: random.Next(8) != 0);
        }

        link.HasMeshTime = true;
        link.Way = _ => 1_000_000;
        link.Run(40);
        long missing = link.Receiver.Statistics.MissingFrames;
        link.Run(2);
        Assert.That((link.Receiver.Statistics.State, link.Receiver.Statistics.MissingFrames), Is.EqualTo((ReceiverState.Playing, missing)));
    }

    [Test]
    public void A_sender_that_stood_still_is_followed()
    {
        using VirtualLink link = new(Stereo, 64, 64) { Sound = StreamReceiverTests.Tone };
        link.Run(3);
        link.Run(10, sends: false);
        link.Run(3);
        ReceiverStatistics after = link.Receiver.Statistics;
        TestContext.Out.WriteLine(after);
        long missing = after.MissingFrames;
        link.Run(1);
        Assert.Multiple(() =>
        {
            Assert.That(after.State, Is.EqualTo(ReceiverState.Playing));
            Assert.That(link.Receiver.Statistics.MissingFrames, Is.EqualTo(missing));
            Assert.That(link.Receiver.Statistics.DepthFrames, Is.LessThan(100));
        });
    }

    [Test]
    public void What_a_device_that_stood_still_has_not_read_is_left_out_at_once()
    {
        using VirtualLink link = new(Stereo, 64, 64) { Sound = StreamReceiverTests.Tone };
        link.Run(5);
        double before = Behind(link);
        link.Run(0.02, reads: false);
        link.Run(0.5);
        Assert.That(Behind(link) - before, Is.LessThan(128));
        Assert.That(link.Receiver.Statistics.SkippedFrames, Is.GreaterThan(600));
    }

    private static double Behind(VirtualLink link) => (link.Now * 48e-6) - link.Receiver.Position;

    private double _worst;

    private double Watch(VirtualLink link)
    {
        _worst = 0;
        float last = 0;
        link.Heard = (planes, frames, _, _) =>
        {
            for (int i = 0; i < frames; i++)
            {
                _worst = Math.Max(_worst, Math.Abs(planes[i] - last));
                last = planes[i];
            }
        };
        return 0;
    }
}
