// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Testing;
using FsCheck;
using FsCheck.Fluent;

namespace AudioMesh.Tests.Clock;

internal sealed class ClockEstimatorTests
{
    private const long Second = 1_000_000_000;

    [Test]
    public void Nothing_is_known_before_the_first_reading() =>
        Assert.That(new ClockEstimator(new ClockEstimatorOptions { NominalHz = 1e9 }).Map.IsKnown, Is.False);

    [Test]
    public void One_reading_gives_a_map_that_trusts_the_claim_no_further_than_told()
    {
        ClockEstimator estimator = new(new ClockEstimatorOptions { NominalHz = 1e9, MaxSkewPpm = 200 });
        estimator.Observe(5000, new MeshTime(100), 30);
        Assert.That(estimator.Map.ToMesh(5000), Is.EqualTo(new MeshTime(100)));
        Assert.That(estimator.Map.ErrorNs, Is.InRange(30, 33));
        Assert.That(estimator.Map.RateError, Is.EqualTo(200e-6).Within(1e-6));
    }

    [TestCase(200, 1e9)]
    [TestCase(-200, 19.2e6)]
    [TestCase(-88, 48_000)]
    public void A_day_over_a_noisy_line_stays_within_the_bound_and_a_sample(double ppm, double hz)
    {
        WanderingClock clock = new(hz, ppm, wanderPpb: 300, periodSeconds: 600);
        RepeatableRandom random = new(1);
        ClockEstimator estimator = new(new ClockEstimatorOptions { NominalHz = hz });
        double worstNs = 0, worstBoundNs = 0;
        for (long step = 0; step < 86_400; step++)
        {
            Assert.That(Observe(estimator, clock, step * Second, ref random), Is.True);
            long probe = (step * Second) + random.Next(1_000_000_000);
            if (step > 100)
            {
                double errorNs = Math.Abs(estimator.Map.ToMesh(clock.TicksAt(probe)).Nanoseconds - (double)probe);
                double boundNs = estimator.Map.ErrorAt(new MeshTime(probe)) + (1e9 / hz);
                Assert.That(errorNs, Is.LessThanOrEqualTo(boundNs), $"step {step}");
                (worstNs, worstBoundNs) = (Math.Max(worstNs, errorNs), Math.Max(worstBoundNs, boundNs));
            }
        }

        double sampleNs = 1e9 / 48_000;
        Assert.That(worstNs, Is.LessThan(Math.Max(sampleNs, 1e9 / hz) * 2), "worst error");
        Assert.That(worstBoundNs, Is.LessThan(500_000), "worst bound");
        Assert.That(estimator.Resets, Is.Zero);
        TestContext.Out.WriteLine($"worst error {worstNs:F0} ns, worst bound {worstBoundNs:F0} ns, rejected {estimator.Rejected}");
    }

    [Test]
    public void The_bound_holds_from_the_first_reading_on() => Prop.ForAll(
        ArbMap.Default.ArbFor<int>(), Gen.Choose(-200, 200).ToArbitrary(), Gen.Choose(0, 400).ToArbitrary(), (seed, ppm, wanderPpb) =>
        {
            WanderingClock clock = new(1e9, ppm, wanderPpb, periodSeconds: 300);
            RepeatableRandom random = new((ulong)seed);
            ClockEstimator estimator = new(new ClockEstimatorOptions { NominalHz = 1e9 });
            for (long now = 0; now < 100 * Second; now += 1 + random.Next((int)Second))
            {
                if (!Observe(estimator, clock, now, ref random))
                {
                    return false;
                }

                for (int probe = 0; probe < 4; probe++)
                {
                    long at = now + random.Next(30) * Second;
                    double errorNs = Math.Abs(estimator.Map.ToMesh(clock.TicksAt(at)).Nanoseconds - (double)at);
                    if (errorNs > estimator.Map.ErrorAt(new MeshTime(at)))
                    {
                        return false;
                    }
                }
            }

            return true;
        }).QuickCheckThrowOnFailure();

    [Test]
    public void Counters_that_wrap_around_are_counted_on()
    {
        const double Hz = 12_000_000;
        WanderingClock clock = new(Hz, 60, 0, 600);
        ClockEstimator estimator = new(new ClockEstimatorOptions { NominalHz = Hz, CounterBits = 24 });
        for (long now = 0; now < 600 * Second; now += Second / 2)
        {
            Assert.That(estimator.Observe((ulong)clock.TicksAt(now) & 0xFFFFFF, new MeshTime(now), 1000), Is.True);
            Assert.That(estimator.Unwrap((ulong)clock.TicksAt(now) & 0xFFFFFF, new MeshTime(now)), Is.EqualTo(clock.TicksAt(now)));
        }

        Assert.That(estimator.Map.ToSource(new MeshTime(600 * Second)), Is.EqualTo(clock.TicksAt(600 * Second)).Within(24));
    }

    [Test]
    public void A_gap_of_many_wraps_is_crossed_by_the_clock_on_the_wall()
    {
        const double Hz = 1_000_000;
        WanderingClock clock = new(Hz, -40, 0, 600);
        ClockEstimator estimator = new(new ClockEstimatorOptions { NominalHz = Hz, CounterBits = 20 });
        for (long now = 0; now < 30 * Second; now += Second / 4)
        {
            estimator.Observe((ulong)clock.TicksAt(now) & 0xFFFFF, new MeshTime(now), 2000);
        }

        long later = 30 * Second * 40;
        estimator.Observe((ulong)clock.TicksAt(later) & 0xFFFFF, new MeshTime(later), 2000);
        Assert.That(estimator.Map.SourceOrigin, Is.EqualTo(clock.TicksAt(later)));
    }

    [Test]
    public void Outliers_are_passed_over()
    {
        WanderingClock clock = new(1e9, 35, 100, 600);
        RepeatableRandom random = new(3);
        ClockEstimator estimator = new(new ClockEstimatorOptions { NominalHz = 1e9 });
        int lies = 0;
        for (long now = 0; now < 600 * Second; now += Second / 5)
        {
            if (now > 10 * Second && random.Next(20) == 0)
            {
                lies++;
                long lie = (random.Next(2) * 2 - 1) * (5_000_000 + random.Next(50_000_000));
                Assert.That(estimator.Observe((ulong)clock.TicksAt(now), new MeshTime(now + lie), 20_000), Is.False);
            }
            else
            {
                Assert.That(Observe(estimator, clock, now, ref random), Is.True);
            }

            double errorNs = Math.Abs(estimator.Map.ToMesh(clock.TicksAt(now)).Nanoseconds - (double)now);
            Assert.That(errorNs, Is.LessThanOrEqualTo(estimator.Map.ErrorAt(new MeshTime(now))));
        }

        Assert.That(estimator.Rejected, Is.EqualTo(lies));
        Assert.That(estimator.Resets, Is.Zero);
    }

    [Test]
    public void A_jump_of_the_source_starts_the_estimate_over()
    {
        WanderingClock clock = new(1e9, 35, 0, 600);
        RepeatableRandom random = new(4);
        ClockEstimator estimator = new(new ClockEstimatorOptions { NominalHz = 1e9 });
        long now = 0;
        for (; now < 60 * Second; now += Second / 10)
        {
            Observe(estimator, clock, now, ref random);
        }

        clock.JumpTicks = -50 * Second;
        for (; now < 120 * Second; now += Second / 10)
        {
            Observe(estimator, clock, now, ref random);
        }

        Assert.That(estimator.Resets, Is.EqualTo(1));
        Assert.That(estimator.Map.ToMesh(clock.TicksAt(now)).Nanoseconds, Is.EqualTo(now).Within(20_000));
    }

    [Test]
    public void The_surest_reading_of_a_burst_counts()
    {
        ClockEstimator estimator = new(new ClockEstimatorOptions { NominalHz = 1e9 });
        estimator.Observe(1000, new MeshTime(1000), 50);
        estimator.Observe(1_000_000, new MeshTime(1_000_000 + 90_000), 100_000);
        Assert.That(estimator.Map.ErrorNs, Is.LessThan(60));
    }

    [Test]
    public void Observe_allocates_nothing()
    {
        WanderingClock clock = new(1e9, 35, 100, 600);
        RepeatableRandom random = new(5);
        ClockEstimator estimator = new(new ClockEstimatorOptions { NominalHz = 1e9 });
        long now = 0;
        AllocationGate.AssertNone(() => Observe(estimator, clock, now += Second / 4, ref random));
    }

    [TestCase(0, 64)]
    [TestCase(double.NaN, 64)]
    [TestCase(1e9, 65)]
    public void Senseless_options_are_refused(double hz, int bits) => Assert.That(
        () => new ClockEstimator(new ClockEstimatorOptions { NominalHz = hz, CounterBits = bits }),
        Throws.TypeOf<AudioMeshException>().With.Property("Kind").EqualTo(AudioErrorKind.InvalidArgument));

    /// <summary>A round trip of 60 us to 1 ms, mostly quick, of any asymmetry: the reading's error is within half of it.</summary>
    private static bool Observe(ClockEstimator estimator, WanderingClock clock, long now, ref RepeatableRandom random)
    {
        int roundTrip = 60_000 + (random.Next(8) == 0 ? random.Next(1_000_000) : random.Next(20_000));
        int lag = random.Next(roundTrip + 1) - (roundTrip / 2);
        return estimator.Observe((ulong)clock.TicksAt(now), new MeshTime(now + lag), (roundTrip / 2) + 1);
    }
}
