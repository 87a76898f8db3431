// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Network.Impairment;
using AudioMesh.Testing;

namespace AudioMesh.Network.Tests.Impairment;

internal sealed class ImpairmentModelTests
{
    private const int Bytes = 300;
    private const long SpacingNs = 2_666_667;

    private static readonly MeshTime Start = new(1_000_000_000);

    [TestCase(0.001, 1)]
    [TestCase(0.01, 1.2)]
    [TestCase(0.05, 2)]
    [TestCase(0.1, 4)]
    [TestCase(0.1, 1.39)]
    [TestCase(0.4, 10)]
    public void Loss_and_bursts_are_as_long_as_asked(double share, double burst)
    {
        bool[] lost = Lost(new ImpairmentOptions { Loss = GilbertElliott.Of(share, burst) }, 1_000_000, seed: 1);
        int losses = lost.Count(one => one);
        int bursts = lost.Where((one, i) => one && (i == 0 || !lost[i - 1])).Count();
        Assert.That(losses / 1e6, Is.EqualTo(share).Within(5).Percent);
        Assert.That(losses / (double)bursts, Is.EqualTo(burst).Within(3).Percent);
    }

    [Test]
    public void Elliotts_losses_come_in_good_and_bad_states()
    {
        GilbertElliott loss = new(0.02, 0.1, LossWhenBad: 0.6, LossWhenGood: 0.01);
        double share = Lost(new ImpairmentOptions { Loss = loss }, 1_000_000, seed: 2).Count(one => one) / 1e6;
        Assert.That(loss.MeanLoss, Is.EqualTo(((0.02 * 0.6) + (0.1 * 0.01)) / 0.12).Within(1e-12));
        Assert.That(share, Is.EqualTo(loss.MeanLoss).Within(3).Percent);
    }

    [Test]
    public void Independent_loss_does_not_remember()
    {
        bool[] lost = Lost(new ImpairmentOptions { Loss = GilbertElliott.Independent(0.2) }, 1_000_000, seed: 3);
        double afterLoss = lost.Where((one, i) => one && i > 0 && lost[i - 1]).Count() / (double)lost.Count(one => one);
        Assert.That(afterLoss, Is.EqualTo(0.2).Within(3).Percent);
    }

    [TestCase(JitterShape.Uniform, 2.0)]
    [TestCase(JitterShape.Normal, 3.0)]
    [TestCase(JitterShape.HeavyTailed, 51.0)]
    public void Jitter_has_the_mean_and_the_bounds_of_its_shape(JitterShape shape, double most)
    {
        ImpairmentModel model = new(Jittery(shape), 4, Start);
        double[] lateUs = [.. Enumerable.Range(0, 100_000).Select(i => LatenessUs(model, Start.Add(i * 1_000_000_000L)))];
        Assert.That(lateUs.Min(), Is.GreaterThanOrEqualTo(0));
        Assert.That(lateUs.Max(), Is.LessThanOrEqualTo(1000 * most));
        Assert.That(lateUs.Average(), Is.EqualTo(1000).Within(3).Percent);
    }

    [Test]
    public void Heavy_tails_are_heavy_and_bells_are_not()
    {
        Assert.That(ShareAbove(JitterShape.HeavyTailed, 10), Is.EqualTo(0.0084).Within(15).Percent);
        Assert.That(ShareAbove(JitterShape.Normal, 2), Is.LessThan(0.003));
        Assert.That(ShareAbove(JitterShape.Normal, 1), Is.EqualTo(0.5).Within(2).Percent);

        static double ShareAbove(JitterShape shape, double timesMean)
        {
            ImpairmentModel model = new(Jittery(shape), 5, Start);
            return Enumerable.Range(0, 100_000).Count(i => LatenessUs(model, Start.Add(i * 1_000_000_000L)) > timesMean * 1000) / 1e5;
        }
    }

    [Test]
    public void Packets_stay_in_order_but_for_those_that_were_chosen()
    {
        ImpairmentOptions options = Jittery(JitterShape.HeavyTailed) with { ReorderShare = 0.02, ReorderDelay = TimeSpan.FromMilliseconds(20) };
        ImpairmentModel inOrder = new(options with { ReorderShare = 0 }, 6, Start);
        ImpairmentModel model = new(options, 6, Start);
        long last = 0;
        int overtaken = 0;
        long latest = 0;
        for (int i = 0; i < 50_000; i++)
        {
            MeshTime now = Start.Add(i * SpacingNs);
            long release = inOrder.Next(now, Bytes).Release.Nanoseconds;
            Assert.That(release, Is.GreaterThanOrEqualTo(last));
            last = release;
            long other = model.Next(now, Bytes).Release.Nanoseconds;
            overtaken += other < latest ? 1 : 0;
            latest = Math.Max(latest, other);
        }

        Assert.That(model.Counts.Reordered, Is.EqualTo(1000).Within(10).Percent);
        Assert.That(overtaken, Is.GreaterThanOrEqualTo(model.Counts.Reordered / 2));
    }

    [Test]
    public void The_rate_limit_is_never_exceeded_and_its_queue_is_as_long_as_asked()
    {
        const long Rate = 100_000;
        const int Queue = 20_000;
        ImpairmentModel model = new(new ImpairmentOptions { BytesPerSecond = Rate, QueueBytes = Queue, DuplicateShare = 0.1 }, 7, Start);
        List<(long At, int Bytes)> sent = [];
        RepeatableRandom random = new(8);
        MeshTime now = Start;
        long longest = 0;
        for (int i = 0; i < 20_000; i++)
        {
            now = now.Add(random.Next(4_000_000));
            int bytes = 1 + random.Next(1400);
            PacketFate fate = model.Next(now, bytes);
            if (fate.IsDelivered)
            {
                sent.Add((fate.Release.Nanoseconds, bytes));
                longest = Math.Max(longest, fate.Release - now);
            }

            if (fate.IsCopied)
            {
                sent.Add((fate.CopyRelease.Nanoseconds, bytes));
            }
        }

        for (int i = 1; i < sent.Count; i++)
        {
            Assert.That(sent[i].At - sent[i - 1].At, Is.GreaterThanOrEqualTo(sent[i].Bytes * (1_000_000_000 / Rate)));
        }

        Assert.That(longest, Is.InRange(Queue * (1_000_000_000 / Rate) / 2, (Queue + 1400) * (1_000_000_000 / Rate)));
        Assert.That(model.Counts.LostInQueue, Is.GreaterThan(1000));
    }

    [Test]
    public void Outages_lose_everything_from_their_first_nanosecond_to_their_last()
    {
        ImpairmentModel model = new(
            new ImpairmentOptions { Outages = [new(TimeSpan.FromSeconds(1), TimeSpan.FromMilliseconds(60))] }, 9, Start);
        Assert.That(model.Next(Start.Add(999_999_999), Bytes).IsDelivered);
        Assert.That(model.Next(Start.Add(1_000_000_000), Bytes).Loss, Is.EqualTo(PacketLoss.Outage));
        Assert.That(model.Next(Start.Add(1_059_999_999), Bytes).Loss, Is.EqualTo(PacketLoss.Outage));
        Assert.That(model.Next(Start.Add(1_060_000_000), Bytes).IsDelivered);
    }

    [Test]
    public void Random_outages_come_once_in_each_span_and_last_as_long_as_asked()
    {
        ImpairmentOptions options = new() { RandomOutageEvery = TimeSpan.FromSeconds(5), RandomOutageLength = TimeSpan.FromMilliseconds(500) };
        bool[] lost = Lost(options, 1_000_000, seed: 10, spacingNs: 1_000_000);
        for (int span = 0; span < 200; span++)
        {
            int first = Array.IndexOf(lost, true, span * 5000, 5000);
            Assert.That(lost.AsSpan(first, 500).ToArray(), Has.All.True);
            Assert.That(lost.AsSpan(span * 5000, 5000).Count(true), Is.EqualTo(500));
        }
    }

    [Test]
    public void Damage_flips_the_bits_of_its_seed_and_of_no_other_packet()
    {
        ImpairmentModel model = new(new ImpairmentOptions { CorruptShare = 0.25, CorruptBits = 3 }, 11, Start);
        int damaged = 0;
        for (int i = 0; i < 10_000; i++)
        {
            PacketFate fate = model.Next(Start.Add(i), Bytes);
            byte[] datagram = new byte[Bytes];
            fate.Damage(datagram);
            int flipped = datagram.Sum(one => System.Numerics.BitOperations.PopCount(one));
            Assert.That(flipped, fate.DamagedBits == 0 ? Is.Zero : Is.AnyOf(1, 3));
            damaged += fate.DamagedBits > 0 ? 1 : 0;
        }

        Assert.That(damaged, Is.EqualTo(2500).Within(5).Percent);
        Assert.That(model.Counts.Corrupted, Is.EqualTo(damaged));
    }

    [Test]
    public void What_one_impairment_draws_does_not_change_another()
    {
        ImpairmentOptions plain = new() { Loss = GilbertElliott.Of(0.1, 3) };
        ImpairmentOptions busy = Jittery(JitterShape.Normal) with { Loss = plain.Loss, DuplicateShare = 0.3, CorruptShare = 0.3, ReorderShare = 0.3 };
        Assert.That(Lost(busy, 10_000, seed: 12), Is.EqualTo(Lost(plain, 10_000, seed: 12)));
    }

    [Test]
    public void Deciding_allocates_nothing()
    {
        ImpairmentModel model = new(ImpairmentPresets.Find("bad-wifi") with { CorruptShare = 0.1, BytesPerSecond = 1_000_000 }, 13, Start);
        byte[] datagram = new byte[Bytes];
        long time = 0;
        AllocationGate.AssertNone(() => model.Next(Start.Add(time += SpacingNs), Bytes).Damage(datagram));
    }

    [Test]
    public void Every_preset_is_in_range_and_loses_what_it_says() => Assert.Multiple(() =>
    {
        foreach (string name in ImpairmentPresets.Names)
        {
            ImpairmentOptions options = ImpairmentPresets.Find(name);
            ImpairmentModel model = new(options with { BytesPerSecond = 0 }, 14, Start);
            for (int i = 0; i < 1_000_000; i++)
            {
                model.Next(Start.Add(i * SpacingNs), Bytes);
            }

            double expected = options.RandomOutageEvery == TimeSpan.Zero ? options.Loss.MeanLoss : options.RandomOutageLength / options.RandomOutageEvery;
            Assert.That(model.Counts.Lost / 1e6, Is.EqualTo(expected).Within(6).Percent, name);
        }
    });

    [Test]
    public void Values_out_of_range_are_named() => Assert.Multiple(() =>
    {
        Refuses("delay", new ImpairmentOptions { Delay = TimeSpan.FromMilliseconds(-1) });
        Refuses("jitter", new ImpairmentOptions { Jitter = TimeSpan.FromHours(1) });
        Refuses("reorder", new ImpairmentOptions { ReorderShare = 1.1 });
        Refuses("duplicate", new ImpairmentOptions { DuplicateShare = double.NaN });
        Refuses("corrupt", new ImpairmentOptions { CorruptShare = -0.1 });
        Refuses("corrupt_bits", new ImpairmentOptions { CorruptBits = 0 });
        Refuses("bytes_per_second", new ImpairmentOptions { BytesPerSecond = -1 });
        Refuses("queue_bytes", new ImpairmentOptions { QueueBytes = -1 });
        Refuses("outages.length", new ImpairmentOptions { Outages = [new(TimeSpan.Zero, TimeSpan.FromSeconds(-1))] });
        Refuses("random_outage_length", new ImpairmentOptions { RandomOutageEvery = TimeSpan.FromSeconds(1), RandomOutageLength = TimeSpan.FromSeconds(2) });
        Refuses("loss.enter", new ImpairmentOptions { Loss = new GilbertElliott(2, 0.5) });
        Assert.That(() => GilbertElliott.Of(0.6, 1), Throws.TypeOf<AudioMeshException>().With.Property("Field").EqualTo("loss"));
        Assert.That(() => ImpairmentPresets.Find("dialup"), Throws.TypeOf<AudioMeshException>().With.Property("Field").EqualTo("preset"));

        static void Refuses(string field, ImpairmentOptions options) => Assert.That(
            () => new ImpairmentModel(options, 1, Start), Throws.TypeOf<AudioMeshException>().With.Property("Field").EqualTo(field));
    });

    private static ImpairmentOptions Jittery(JitterShape shape) => new()
    {
        Delay = TimeSpan.FromMilliseconds(2),
        Jitter = TimeSpan.FromMilliseconds(1),
        JitterShape = shape,
    };

    private static double LatenessUs(ImpairmentModel model, MeshTime now) => ((model.Next(now, Bytes).Release - now) / 1e3) - 2000;

    private static bool[] Lost(ImpairmentOptions options, int packets, ulong seed, long spacingNs = SpacingNs)
    {
        ImpairmentModel model = new(options, seed, Start);
        return [.. Enumerable.Range(0, packets).Select(i => !model.Next(Start.Add(i * spacingNs), Bytes).IsDelivered)];
    }
}
