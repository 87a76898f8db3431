// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Network.Media;

namespace AudioMesh.Network.Tests.Media;

/// <summary>Devices that stand still for moments, as those of a machine that stalls: from then on their clocks are other than they were.</summary>
public class ClockStepTests
{
    private const int Stalls = 40;
    private const double MostFramesLateToNotice = 64;
    private static readonly StreamReceiverOptions Bounded = new() { Channels = 1, Rate = 48000, MaxDepthMs = 256 / 48.0 };

    [TestCase(true, false)]
    [TestCase(false, true)]
    [TestCase(true, true)]
    public void The_depth_is_after_a_stall_what_it_was_before(bool ofSender, bool ofReceiver)
    {
        using VirtualLink link = new(Bounded, 64, 64);
        Random random = new(7);
        link.Way = _ => 50_000 + (long)(random.NextDouble() * 100_000);
        link.Run(5);
        long missingBefore = link.Receiver.Statistics.MissingFrames;
        List<double> behind = [];
        double notSent = 0;
        for (int stall = 0; stall < Stalls; stall++)
        {
            double seconds = 0.003 + (random.NextDouble() * 0.012);
            bool senderStalls = ofSender && (!ofReceiver || random.Next(3) != 0);
            bool receiverStalls = ofReceiver && (!ofSender || random.Next(3) != 0);
            link.Run(seconds, sends: !senderStalls, reads: !receiverStalls);
            notSent += senderStalls ? seconds * Bounded.Rate : 0;
            for (double goOnFor = 1 + (2 * random.NextDouble()); goOnFor > 0; goOnFor -= 0.01)
            {
                link.Run(0.01);
                behind.Add(link.FrameAt(link.Now * 1e-9) - link.Receiver.Position);
            }
        }

        behind.Sort();
        ReceiverStatistics after = link.Receiver.Statistics;
        Assert.Multiple(() =>
        {
            Assert.That(behind[behind.Count / 2], Is.InRange(0, 64));
            Assert.That(behind[behind.Count * 9 / 10], Is.InRange(0, 128));
            Assert.That(after.MissingFrames - missingBefore, Is.LessThan(notSent + (Stalls * MostFramesLateToNotice)));
            Assert.That(after.LastResync, Is.Not.EqualTo(ResyncCause.TooLate));
            Assert.That(after.DepthFrames, Is.LessThan(100));
        });
    }

    [TestCase(-4)]
    [TestCase(4)]
    public void Clocks_that_hardly_differ_are_read_as_one_for_a_few_packets_in_minutes(double ppm)
    {
        using VirtualLink link = new(Bounded with { MaxDepthMs = 200 }, 64, 64) { SenderPpm = ppm };
        Random random = new(7);
        link.Way = _ => 50_000 + (long)(random.NextDouble() * 100_000);
        link.Run(20);
        long before = link.Receiver.Statistics.MissingFrames;
        link.Run(200);
        ReceiverStatistics after = link.Receiver.Statistics;
        Assert.Multiple(() =>
        {
            Assert.That(after.MissingFrames - before, Is.LessThanOrEqualTo(20 * 64));
            Assert.That(after.IsExact);
        });
    }

    [Test]
    public void Packets_that_come_like_clockwork_wait_for_nothing()
    {
        using VirtualLink link = new(Bounded with { MaxDepthMs = 200 }, 64, 64);
        link.Run(20);
        ReceiverStatistics after = link.Receiver.Statistics;
        Assert.Multiple(() =>
        {
            Assert.That(after.DepthFrames, Is.InRange(-0.5, 0.5));
            Assert.That(after.MissingFrames, Is.Zero);
        });
    }

    /// <summary>Half of the moments are shorter than what is taken for a step of a clock.</summary>
    [TestCase(true)]
    [TestCase(false)]
    public void Devices_of_one_clock_that_stand_still_for_moments_are_not_taken_for_two_clocks(bool isSender)
    {
        using VirtualLink link = new(Bounded, 64, 64);
        Random random = new(11);
        link.Way = _ => 100_000 + (long)(random.NextDouble() * 50_000);
        link.Run(12);
        int exact = 0, looks = 0;
        for (int stall = 0; stall < Stalls; stall++)
        {
            link.Run(stall % 2 == 0 ? 0.0003 : 0.004, sends: !isSender, reads: isSender);
            for (int look = 0; look < 500; look++)
            {
                link.Run(0.01);
                looks++;
                exact += link.Receiver.Statistics.IsExact ? 1 : 0;
            }
        }

        Assert.That((double)exact / looks, Is.GreaterThan(0.8));
    }

    [TestCase(true, false)]
    [TestCase(false, true)]
    [TestCase(true, true)]
    public void With_a_depth_of_a_period_a_stall_costs_little_more_than_itself(bool ofSender, bool ofReceiver)
    {
        using VirtualLink link = new(Bounded with { MaxDepthMs = 64 / 48.0 }, 64, 64);
        Random random = new(7);
        link.Way = _ => 50_000 + (long)(random.NextDouble() * 100_000) + (random.Next(200) == 0 ? random.Next(1_500_000) : 0);
        link.Run(5);
        long missingBefore = link.Receiver.Statistics.MissingFrames;
        List<double> behind = [];
        double notSent = 0;
        for (int stall = 0; stall < 4 * Stalls; stall++)
        {
            double seconds = 0.001 + (random.NextDouble() * 0.006);
            bool isSenders = ofSender && (!ofReceiver || random.Next(2) == 0);
            link.Run(seconds, sends: !isSenders, reads: isSenders);
            notSent += isSenders ? seconds * Bounded.Rate : 0;
            for (double goOnFor = 0.05 + (0.3 * random.NextDouble()); goOnFor > 0; goOnFor -= 0.01)
            {
                link.Run(0.01);
                behind.Add(link.FrameAt(link.Now * 1e-9) - link.Receiver.Position);
            }
        }

        behind.Sort();
        Assert.Multiple(() =>
        {
            Assert.That(link.Receiver.Statistics.MissingFrames - missingBefore, Is.LessThan(notSent + (4 * Stalls * 64)));
            Assert.That(behind[behind.Count / 2], Is.LessThan(100));
            Assert.That(behind[behind.Count * 9 / 10], Is.LessThan(180));
        });
    }

    [Test]
    public void A_burst_that_was_waited_for_does_not_stay_in_the_depth()
    {
        using VirtualLink link = new(Bounded with { MaxDepthMs = 64 / 48.0 }, 64, 64);
        link.Way = _ => 100_000;
        link.Run(5);
        double before = link.FrameAt(link.Now * 1e-9) - link.Receiver.Position;
        long held = link.Frame / 64;
        link.Way = packet => 100_000 + Math.Max(0, 5 - (packet - held)) * 1_500_000;
        link.Run(1);
        ReceiverStatistics after = link.Receiver.Statistics;
        Assert.Multiple(() =>
        {
            Assert.That(link.FrameAt(link.Now * 1e-9) - link.Receiver.Position, Is.EqualTo(before).Within(66));
            Assert.That(after.Resyncs, Is.Zero);
            Assert.That(after.MissingFrames, Is.InRange(64, 10 * 64));
        });
    }

    [TestCase(1_200_000)]
    [TestCase(1_800_000)]
    [TestCase(2_200_000)]
    [TestCase(2_800_000)]
    public void A_way_that_has_become_longer_than_the_depth_may_is_followed(long longerNs)
    {
        using VirtualLink link = new(Bounded with { MaxDepthMs = 64 / 48.0 }, 64, 64);
        Random random = new(5);
        long more = 0;
        link.Way = packet => 50_000 + more + (long)(random.NextDouble() * (packet < 1000 ? 900_000 : 100_000));
        link.Run(5);
        long before = link.Receiver.Statistics.MissingFrames;
        more = longerNs;
        link.Run(2);
        ReceiverStatistics after = link.Receiver.Statistics;
        Assert.Multiple(() =>
        {
            Assert.That(after.MissingFrames - before, Is.LessThan(0.06 * Bounded.Rate));
            Assert.That(link.FrameAt(link.Now * 1e-9) - link.Receiver.Position, Is.LessThan(64 + 64 + (longerNs * 48e-6)));
            Assert.That(after.LastResync, Is.EqualTo(ResyncCause.None));
        });
    }

    [Test]
    public void A_way_that_changes_is_remembered_where_the_clocks_are_not_known_to_each_other()
    {
        using VirtualLink link = new(Bounded with { MaxDepthMs = 50 }, 64, 64) { HasMeshTime = false };
        Random random = new(3);
        link.Way = packet => 2_000_000 + (packet / 1500 % 2 * 1_500_000) + (long)(random.NextDouble() * 200_000);
        link.Run(20);
        ReceiverStatistics before = link.Receiver.Statistics;
        link.Run(60);
        ReceiverStatistics after = link.Receiver.Statistics;
        Assert.Multiple(() =>
        {
            Assert.That(after.DepthFrames, Is.EqualTo(before.DepthFrames).Within(96));
            Assert.That(after.MissingFrames - before.MissingFrames, Is.LessThan(2 * 64));
            Assert.That(after.Resyncs, Is.EqualTo(before.Resyncs));
        });
    }

    [TestCase(0.3)]
    [TestCase(-0.3)]
    [TestCase(0.003)]
    public void Mesh_time_that_is_set_changes_nothing_that_is_heard(double seconds)
    {
        using VirtualLink link = new(Bounded, 64, 64) { HasMeshTime = false };
        link.Receiver.UseTimebase(ClockMap.Identity);
        link.Run(5);
        double before = link.FrameAt(link.Now * 1e-9) - link.Receiver.Position;
        ReceiverStatistics first = link.Receiver.Statistics;
        link.Receiver.UseTimebase(new ClockMap(0, new MeshTime((long)(seconds * 1e9)), 1));
        link.Run(5);
        ReceiverStatistics after = link.Receiver.Statistics;
        Assert.Multiple(() =>
        {
            Assert.That(after.MissingFrames, Is.EqualTo(first.MissingFrames));
            Assert.That(link.FrameAt(link.Now * 1e-9) - link.Receiver.Position, Is.EqualTo(before).Within(65));
            Assert.That(after.DepthFrames, Is.EqualTo(first.DepthFrames).Within(3));
        });
    }
}
