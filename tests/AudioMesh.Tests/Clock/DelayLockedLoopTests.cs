// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using FsCheck;
using FsCheck.Fluent;

namespace AudioMesh.Tests.Clock;

internal sealed class DelayLockedLoopTests
{
    private const int Rate = 48_000;

    [TestCase(200, 64)]
    [TestCase(-200, 64)]
    [TestCase(200, 1024)]
    [TestCase(-37, 256)]
    public void Rate_is_found_within_a_minute(double ppm, int period)
    {
        SimulatedDevice device = new(Rate, ppm, 100_000, 1);
        DelayLockedLoop loop = new(Rate);
        Run(device, loop, period, 60L * Rate / period);
        Assert.That(loop.Ppm, Is.EqualTo(ppm).Within(5));
        Assert.That(loop.RateHz, Is.EqualTo(Rate * (1 + (ppm * 1e-6))).Within(0.25));
    }

    [Test]
    public void Any_device_is_followed_closer_than_it_jitters() => Prop.ForAll(
        Gen.Choose(-200, 200).ToArbitrary(), Gen.Choose(0, 200).ToArbitrary(), Gen.Choose(32, 2048).ToArbitrary(), (ppm, jitterUs, period) =>
        {
            SimulatedDevice device = new(Rate, ppm, jitterUs * 1000, jitterUs + period);
            DelayLockedLoop loop = new(Rate);
            Run(device, loop, period, 60L * Rate / period);
            double worst = Run(device, loop, period, 10L * Rate / period);
            return worst < 1 + (jitterUs * 0.02) && Math.Abs(loop.Ppm - ppm) < 3 + (jitterUs * 0.3) && loop.Resets == 0;
        }).QuickCheckThrowOnFailure();

    [TestCase(200)]
    [TestCase(-200)]
    public void A_day_passes_without_drifting_one_sample(double ppm)
    {
        const int Period = 256;
        SimulatedDevice device = new(Rate, ppm, 100_000, 2);
        DelayLockedLoop loop = new(Rate);
        Run(device, loop, Period, 30 * Rate / Period);
        double worst = Run(device, loop, Period, 86_400L * Rate / Period);
        Assert.That(worst, Is.LessThan(1));
        Assert.That(loop.Resets, Is.Zero);
    }

    [Test]
    public void Next_is_where_the_following_period_begins()
    {
        SimulatedDevice device = new(Rate, 120, 0, 3);
        DelayLockedLoop loop = new(Rate);
        Run(device, loop, 128, 30 * Rate / 128);
        MeshTime next = loop.Next;
        loop.Update(device.Wake(), 128);
        Assert.That(Math.Abs(loop.Current - next), Is.LessThan(1000));
    }

    [Test]
    public void Changing_periods_leave_time_and_rate_alone()
    {
        SimulatedDevice device = new(Rate, -150, 50_000, 4);
        DelayLockedLoop loop = new(Rate);
        Run(device, loop, 128, 60 * Rate / 128);
        double worst = 0;
        foreach (int period in new[] { 1024, 32, 128, 4096, 64 })
        {
            worst = Math.Max(worst, Run(device, loop, period, 10 * Rate / period));
        }

        Assert.That(worst, Is.LessThan(2));
        Assert.That(loop.Ppm, Is.EqualTo(-150).Within(10));
        Assert.That(loop.Resets, Is.Zero);
    }

    [Test]
    public void A_lone_stall_moves_nothing()
    {
        SimulatedDevice device = new(Rate, 50, 20_000, 5);
        DelayLockedLoop loop = new(Rate);
        Run(device, loop, 64, 30 * Rate / 64);
        MeshTime expected = loop.Next;
        loop.Update(device.Wake().Add(20_000_000), 64);
        Assert.That(Math.Abs(loop.Current - expected), Is.LessThanOrEqualTo(1));
    }

    [Test]
    public void Catching_up_after_a_stall_moves_nothing()
    {
        SimulatedDevice device = new(Rate, 50, 20_000, 5);
        DelayLockedLoop loop = new(Rate);
        Run(device, loop, 64, 30 * Rate / 64);
        MeshTime resumed = device.Wake().Add(20_000_000);
        for (int late = 0; late < 15; late++)
        {
            loop.Update(resumed, 64);
            device.Advance(64);
        }

        Assert.That(Run(device, loop, 64, 1000), Is.LessThan(6), "frames off");
        Assert.That(loop.Resets, Is.Zero);
    }

    [Test]
    public void A_gap_nobody_reported_is_found()
    {
        SimulatedDevice device = new(Rate, 80, 50_000, 6);
        DelayLockedLoop loop = new(Rate);
        Run(device, loop, 128, 30 * Rate / 128);
        device.LostNs += 30_000_000;
        Run(device, loop, 128, Rate / 128);
        Assert.That(loop.Resets, Is.EqualTo(1));
        Run(device, loop, 128, 10 * Rate / 128);
        Assert.That(Run(device, loop, 128, Rate / 128), Is.LessThan(2));
        Assert.That(loop.Ppm, Is.EqualTo(80).Within(20));
    }

    [Test]
    public void A_reported_gap_is_crossed_at_once()
    {
        SimulatedDevice device = new(Rate, 80, 10_000, 7);
        DelayLockedLoop loop = new(Rate);
        Run(device, loop, 128, 60 * Rate / 128);
        double ppm = loop.Ppm;
        device.LostNs += 3_000_000;
        loop.Restart();
        Assert.That(loop.Current, Is.EqualTo(MeshTime.Unknown));
        Assert.That(Run(device, loop, 128, 100), Is.LessThan(1));
        Assert.That(loop.Ppm, Is.EqualTo(ppm).Within(100));
    }

    [Test]
    public void Update_allocates_nothing()
    {
        SimulatedDevice device = new(Rate, 10, 10_000, 8);
        DelayLockedLoop loop = new(Rate);
        Run(device, loop, 64, 1000);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Run(device, loop, 64, 100_000);
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    [TestCase(0, 0.1)]
    [TestCase(48_000, 0)]
    [TestCase(48_000, double.NaN)]
    public void Senseless_loops_are_refused(int rate, double bandwidthHz) =>
        Assert.That(() => new DelayLockedLoop(rate, bandwidthHz), Throws.TypeOf<AudioMeshException>());

    /// <summary>Lets the device call <paramref name="periods"/> times; answers how far off the loop was at worst, in frames.</summary>
    private static double Run(SimulatedDevice device, DelayLockedLoop loop, int period, long periods)
    {
        double worst = 0;
        for (long i = 0; i < periods; i++)
        {
            loop.Update(device.Wake(), period);
            worst = Math.Max(worst, Math.Abs(device.FramesOff(loop.Current)));
            device.Advance(period);
        }

        return worst;
    }
}
