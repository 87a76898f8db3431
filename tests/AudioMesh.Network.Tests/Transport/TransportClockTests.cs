// SPDX-License-Identifier: MIT
using AudioMesh.Backends;
using AudioMesh.Clock;
using AudioMesh.Network.Time;
using AudioMesh.Network.Transport;
using AudioMesh.Testing;

namespace AudioMesh.Network.Tests.Transport;

/// <summary>An engine's transport, block by block.</summary>
internal sealed class TransportClockTests
{
    private const int Rate = 48_000;
    private static readonly MeshTime Start = new(1_000_000_000);

    [Test]
    public void Whatever_the_block_size_the_frame_asked_for_is_on_the_sample_nearest_to_the_time()
    {
        RepeatableRandom random = new(11);
        for (int round = 0; round < 300; round++)
        {
            int block = 1 + random.Next(1024);
            long frame = random.Next(1_000_000) - 1000;
            TransportClock clock = Clock(block);
            MeshTime at = clock.Read().At.Add(200_000_000 + random.Next(100_000_000));
            Assert.That(clock.Schedule(new TransportOrder(1, TransportAction.LocateStart, at, frame)).IsNone);
            (long begin, long next) = (-1, block);
            for (; begin < 0; next += block)
            {
                clock.Begin(new FrameCount(next), block, TimeOf(next), Rate);
                TransportSpan[] spans = clock.Spans.ToArray();
                Assert.That(spans.Sum(span => span.Frames), Is.EqualTo(block), "spans fill the block");
                begin = spans[^1].IsRolling ? next + spans[^1].Offset : -1;
                Assert.That(begin < 0 || spans[^1].Frame == frame);
            }

            Assert.That(Math.Abs(TimeOf(begin) - at), Is.LessThanOrEqualTo(1 + (500_000_000 / Rate)), $"a block of {block}");
            Assert.That(clock.TryTakeOutcome(out TransportOutcome outcome) && Math.Abs(outcome.ErrorFrames) < 0.51, $"{outcome}");
        }
    }

    [Test]
    public void Several_changes_in_one_block_are_each_at_their_frame()
    {
        TransportClock clock = Clock(4800);
        MeshTime next = clock.Read().At.Add(400_000_000);
        clock.Schedule(new TransportOrder(1, TransportAction.LocateStart, next.Add(10_000_000), 100));
        clock.Schedule(new TransportOrder(3, TransportAction.Stop, next.Add(30_000_000)));
        clock.Schedule(new TransportOrder(2, TransportAction.Locate, next.Add(20_000_000), 7000));
        for (long position = 4800; position <= 4 * 4800; position += 4800)
        {
            clock.Begin(new FrameCount(position), 4800, TimeOf(position), Rate);
        }

        Assert.That(clock.Spans.ToArray(), Is.EqualTo(new[]
        {
            new TransportSpan(0, 480, 0, false), new TransportSpan(480, 480, 100, true), new TransportSpan(960, 480, 7000, true), new TransportSpan(1440, 3360, 7480, false),
        }));
    }

    [Test]
    public void An_order_whose_time_passed_while_the_device_stood_still_falls_in_at_the_right_frame()
    {
        TransportClock clock = Clock(480);
        clock.Schedule(new TransportOrder(1, TransportAction.LocateStart, clock.Read().At.Add(100_000_000), 0));
        clock.Begin(new FrameCount(480), 480, TimeOf(48_000), Rate);
        Assert.That(clock.Spans[0], Is.EqualTo(new TransportSpan(0, 480, 48_000 - 4800, true)));
        Assert.That(clock.TryTakeOutcome(out TransportOutcome outcome), Is.True);
        Assert.That(outcome, Has.Property("Result").EqualTo(TransportResult.Late).And.Property("MissedFrames").EqualTo(43_200));
    }

    [TestCase(-1, "past")]
    [TestCase(1_000_000, "too_soon")]
    [TestCase(31_536_000_000_000_000, "too_far")]
    [TestCase(9_000_000_000_000_000_000, "too_far")]
    public void A_time_that_makes_no_sense_is_refused_by_name_and_nothing_moves(long aheadNs, string code)
    {
        TransportClock clock = Clock(480);
        Assert.That(clock.Schedule(new TransportOrder(1, TransportAction.LocateStart, clock.Read().At.Add(aheadNs), 0)).Code, Is.EqualTo(code));
        clock.Begin(new FrameCount(480), 480, TimeOf(480), Rate);
        Assert.That(clock.Spans[0].IsRolling, Is.False);
    }

    [Test]
    public void The_same_order_again_changes_nothing_another_one_of_its_id_is_refused_and_a_cancelled_one_is_gone()
    {
        TransportClock clock = Clock(480);
        TransportOrder order = new(1, TransportAction.LocateStart, clock.Read().At.Add(100_000_000), 0);
        Assert.That(clock.Schedule(order).IsNone && clock.Schedule(order).IsNone);
        Assert.That(clock.Schedule(order with { Frame = 1 }).Code, Is.EqualTo("id_reused"));
        Assert.That(clock.Cancel(1), Is.True);
        Assert.That(clock.Cancel(1), Is.False);
        for (long position = 480; position < 48_000; position += 480)
        {
            clock.Begin(new FrameCount(position), 480, TimeOf(position), Rate);
            Assert.That(clock.Spans[0].IsRolling, Is.False);
        }
    }

    [Test]
    public void Nothing_is_allocated_on_a_device_thread_whatever_the_orders([Values] bool isJack, [Values] bool followsMesh)
    {
        MeshTimebase timebase = new TimeService(1, new MeshTime(0), new TimeOptions()).Timebase;
        using SimulatedJack jack = new(64, 2);
        TransportClock clock = new(timebase, followsMesh);
        using PeriodTransport period = new(jack, timebase);
        ITransport transport = isJack ? period : clock;
        long position = 0;
        void Block()
        {
            clock.Begin(new FrameCount(position), 64, TimeOf(position), Rate);
            jack.Cycle(TimeOf(position));
            position += 64;
        }

        Block();
        for (int i = 0; i < 20; i++)
        {
            TransportAction action = i % 2 == 0 ? TransportAction.LocateStart : TransportAction.Stop;
            Assert.That(transport.Schedule(new TransportOrder((ulong)i + 1, action, transport.Read().At.Add(200_000_000 + (i * 100_000_000L)), i % 2 == 0 ? 9000 : null)).IsNone);
        }

        AllocationGate.AssertNone(Block, warmup: 300, iterations: 2000);
        int done = 0;
        while (transport.TryTakeOutcome(out TransportOutcome outcome))
        {
            done += outcome.Result == TransportResult.Done ? 1 : 0;
        }

        Assert.That(done, Is.EqualTo(20));
    }

    private static TransportClock Clock(int block)
    {
        TransportClock clock = new(new TimeService(1, new MeshTime(0), new TimeOptions()).Timebase);
        clock.Begin(new FrameCount(0), block, TimeOf(0), Rate);
        Assert.That(clock.Read().State, Is.EqualTo(TransportState.Stopped));
        return clock;
    }

    private static MeshTime TimeOf(long position) => Start.Add(new FrameCount(position).ToNanoseconds(Rate));
}
