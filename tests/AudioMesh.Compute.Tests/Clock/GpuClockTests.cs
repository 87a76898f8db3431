// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Compute.Clock;
using AudioMesh.Testing;
using FsCheck;
using FsCheck.Fluent;

namespace AudioMesh.Compute.Tests.Clock;

internal sealed class GpuClockTests
{
    private const long Second = 1_000_000_000;

    [TestCase(1.0, 64, 0.0, 0)]
    [TestCase(1.0, 64, 37.0, 5)]
    [TestCase(52.083332, 36, -180.0, 5)]
    [TestCase(10.0, 40, 95.0, 10)]
    [TestCase(41.666668, 32, 480.0, 5)]
    public void The_bound_is_true_in_every_one_of_10_000_cross_checks(double nsPerTick, int bits, double ppm, int outlierPercent)
    {
        SimulatedGpu gpu = new(nsPerTick, bits, ppm, seed: (ulong)bits) { OutlierPercent = outlierPercent, FailurePercent = 2 };
        GpuClock clock = new(gpu);
        RepeatableRandom random = new(7);
        double worstNs = 0, worstBoundNs = 0;
        for (int check = 0; check < 10_000; check++)
        {
            if (check % 20 == 0)
            {
                gpu.NowNs += Second / 2;
                clock.Sample();
            }

            if (clock.Map.IsKnown)
            {
                long at = gpu.NowNs + random.Next(2_000_000_000) - Second;
                (double errorNs, double boundNs) = Check(clock, gpu, at);
                Assert.That(errorNs, Is.LessThanOrEqualTo(boundNs), $"check {check}");
                worstNs = check > 2000 ? Math.Max(worstNs, errorNs) : 0;
                worstBoundNs = check > 2000 ? Math.Max(worstBoundNs, boundNs) : 0;
            }
        }

        Assert.That(clock.Observations, Is.GreaterThan(300));
        Assert.That(clock.Resets, Is.Zero);
        Assert.That(clock.Ppm, Is.EqualTo(ppm).Within(2));
        Assert.That(worstBoundNs, Is.LessThan(20_000), "A bound that says nothing is true as well.");
        Assert.That(clock.JitterNs, Is.LessThan(3000), "Lies are no jitter.");
        TestContext.Out.WriteLine($"worst error {worstNs:F0} ns, worst bound {worstBoundNs:F0} ns, jitter {clock.JitterNs:F0} ns, rejected {clock.Rejected}");
    }

    [Test]
    public void The_bound_is_true_for_any_clock_from_the_first_sample_on() => Prop.ForAll(
        ArbMap.Default.ArbFor<int>(), Gen.Choose(-400, 400).ToArbitrary(), Gen.Choose(32, 64).ToArbitrary(), (seed, ppm, bits) =>
        {
            SimulatedGpu gpu = new(1 + (Math.Abs((double)seed) % 50), bits, ppm, (ulong)seed) { OutlierPercent = 5, LongestDelayNs = 100_000 };
            GpuClock clock = new(gpu);
            RepeatableRandom random = new((ulong)seed);
            for (int i = 0; i < 60; i++)
            {
                gpu.NowNs += 1 + random.Next(1_000_000_000);
                clock.Sample();
                (double errorNs, double boundNs) = clock.Map.IsKnown ? Check(clock, gpu, gpu.NowNs + random.Next(1_000_000_000)) : (0, 0);
                if (errorNs > boundNs)
                {
                    return false;
                }
            }

            return clock.Map.IsKnown;
        }).QuickCheckThrowOnFailure();

    [Test]
    public void After_ten_minutes_it_is_within_a_microsecond()
    {
        SimulatedGpu gpu = new(1, 64, 12, seed: 3);
        GpuClock clock = new(gpu);
        for (int i = 0; i < 1200; i++)
        {
            gpu.NowNs += Second / 2;
            clock.Sample();
        }

        Assert.That(Check(clock, gpu, gpu.NowNs).ErrorNs, Is.LessThan(1000));
    }

    [Test]
    public void A_counter_that_wraps_around_is_counted_on()
    {
        SimulatedGpu gpu = new(100, 28, -60, seed: 4);
        GpuClock clock = new(gpu);
        for (int i = 0; i < 600; i++)
        {
            gpu.NowNs += Second / 2;
            Assert.That(clock.Sample(), $"sample {i}");
            Assert.That(clock.Unwrap((ulong)gpu.Clock.TicksAt(gpu.NowNs) & 0xFFF_FFFF, new MeshTime(gpu.NowNs)), Is.EqualTo(clock.Map.ToSource(new MeshTime(gpu.NowNs))).Within(60));
        }

        Assert.That(clock.Map.SourceOrigin, Is.GreaterThan(10L << 28), "It has wrapped around ten times.");
    }

    [Test]
    public void A_clock_that_jumps_is_found_again_and_says_so_on_the_way()
    {
        SimulatedGpu gpu = new(1, 64, 20, seed: 5);
        GpuClock clock = new(gpu);
        Sample(clock, gpu, 20);
        gpu.Clock.JumpTicks = 3 * Second;
        Assert.That(Sample(clock, gpu, 4), Is.Zero);
        Assert.That(clock.Contradictions, Is.EqualTo(4));
        Assert.That(Sample(clock, gpu, 1), Is.EqualTo(1));
        Assert.That(clock.Contradictions, Is.Zero);
        Assert.That(clock.Resets, Is.EqualTo(1));
        (double errorNs, double boundNs) = Check(clock, gpu, gpu.NowNs);
        Assert.That(errorNs, Is.LessThanOrEqualTo(boundNs));
    }

    [Test]
    public void Readings_that_all_contradict_each_other_are_no_observation()
    {
        SimulatedGpu gpu = new(1, 64, 0, seed: 6) { OutlierPercent = 100 };
        GpuClock clock = new(gpu);
        Assert.That(Sample(clock, gpu, 10), Is.Zero);
        Assert.That(clock.Rejected, Is.EqualTo(10));
        Assert.That(clock.Map.IsKnown, Is.False);
    }

    [Test]
    public void A_device_without_a_clock_has_no_map()
    {
        GpuClock clock = new(new SimulatedGpu(1, 64, 0, seed: 1) { FailurePercent = 100 });
        Assert.That(clock.Sample(), Is.False);
        Assert.That(clock.Map.IsKnown, Is.False);
        AudioMeshException? error = Assert.Throws<AudioMeshException>(() => clock.ToBlock("s", "o"));
        Assert.That(error!.Kind, Is.EqualTo(AudioErrorKind.InvalidState));
    }

    [Test]
    public void Jitter_is_that_of_single_readings()
    {
        SimulatedGpu calm = new(1, 64, 0, seed: 8) { LongestDelayNs = 100 };
        SimulatedGpu nervous = new(1, 64, 0, seed: 8) { LongestDelayNs = 100_000 };
        GpuClock calmClock = new(calm), nervousClock = new(nervous);
        Sample(calmClock, calm, 50);
        Sample(nervousClock, nervous, 50);
        Assert.That(calmClock.JitterNs, Is.InRange(1, 200));
        Assert.That(nervousClock.JitterNs, Is.InRange(1000, 100_000));
    }

    [Test]
    public void Options_out_of_range_are_named()
    {
        AudioMeshException? error = Assert.Throws<AudioMeshException>(
            () => _ = new GpuClock(new SimulatedGpu(1, 64, 0, seed: 1), new GpuClockOptions { MaxSkewPpm = -1 }));
        Assert.That(error!.Field, Is.EqualTo("max_skew_ppm"));
    }

    private static int Sample(GpuClock clock, SimulatedGpu gpu, int times)
    {
        int taken = 0;
        for (int i = 0; i < times; i++)
        {
            gpu.NowNs += Second;
            taken += clock.Sample() ? 1 : 0;
        }

        return taken;
    }

    /// <summary>What the map says of the tick at a mesh time, against that time; the tick's own length is not the map's error.</summary>
    private static (double ErrorNs, double BoundNs) Check(GpuClock clock, SimulatedGpu gpu, long at)
    {
        long ticks = clock.Unwrap((ulong)gpu.Clock.TicksAt(at), new MeshTime(at));
        return (Math.Abs((double)(clock.Map.ToMesh(ticks).Nanoseconds - at)), clock.Map.ErrorAt(new MeshTime(at)) + clock.NominalNsPerTick);
    }
}
