// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Compute.Clock;
using AudioMesh.Compute.Metal;

namespace AudioMesh.Compute.Tests.Metal;

internal sealed class MetalClockTests : MetalFixture
{
    private const int Samples = 10_000;

    [TestCase(1e9, 0x1_0000UL)]
    [TestCase(24e6, 77UL)]
    [TestCase(12.5e6, 1UL << 40)]
    public void Every_reading_is_within_its_error(double hz, ulong start)
    {
        Fake.SetClock(hz, start);
        MetalDevice device = Open();
        for (int i = 0; i < Samples; i++)
        {
            Assert.That(device.TrySampleClock(out GpuClockSample sample));
            double offNs = Math.Abs(sample.GpuTicks - Fake.TicksAt(sample.MeshTime.Nanoseconds)) * sample.NsPerTick;
            Assert.That(offNs, Is.LessThanOrEqualTo(sample.ErrorNs));
        }
    }

    [TestCase(1e9)]
    [TestCase(24e6)]
    [TestCase(19.2e6)]
    [TestCase(13.56789e6)]
    public void The_length_of_a_tick_is_measured(double hz)
    {
        Fake.SetClock(hz, 5);
        Assert.That(Open().TrySampleClock(out GpuClockSample sample));
        Assert.That(sample.NsPerTick, Is.EqualTo(1e9 / hz).Within(0.02).Percent);
        Assert.That(sample.ValidBits, Is.EqualTo(64));
    }

    [TestCase(1e9, 0.0)]
    [TestCase(24e6, -80.0)]
    [TestCase(19.2e6, 200.0)]
    public void Its_map_to_mesh_time_is_within_its_bound_in_10_000_cross_checks(double hz, double ppm)
    {
        Fake.SetClock(hz * (1 + (ppm * 1e-6)), 12345);
        GpuClock clock = new(Open());
        Assert.That(SpinWait.SpinUntil(clock.Sample, Patience));
        for (int check = 0; check < 10_000; check++)
        {
            if (check % 50 == 0)
            {
                clock.Sample();
            }

            MeshTime now = MeshClock.Now;
            double errorNs = Math.Abs(clock.Map.ToMesh((long)Fake.TicksAt(now.Nanoseconds)) - now);
            Assert.That(errorNs, Is.LessThanOrEqualTo(clock.Map.ErrorAt(now) + (1e9 / hz) + 1), $"check {check}");
        }
    }

    [Test]
    public void A_clock_that_cannot_be_read_is_none()
    {
        Fake.SetClock(0, 0);
        MetalDevice device = Open();
        Assert.That(device.Info.HasClock, Is.False);
        Assert.That(device.TrySampleClock(out _), Is.False);
    }

    [Test]
    public void A_clock_that_stops_later_is_not_read()
    {
        MetalDevice device = Open();
        Assert.That(device.TrySampleClock(out _));
        Fake.SetClock(0, 0);
        Assert.That(device.Info.HasClock);
        Assert.That(device.TrySampleClock(out _), Is.False);
    }
}
