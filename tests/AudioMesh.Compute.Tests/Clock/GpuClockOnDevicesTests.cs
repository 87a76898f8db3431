// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Compute.Clock;

namespace AudioMesh.Compute.Tests.Clock;

/// <summary>The clocks of real devices, lavapipe's where there is no GPU: readings that the map has not seen are held against it.</summary>
internal sealed class GpuClockOnDevicesTests
{
    private const int Checks = 10_000;
    private const int ChecksPerSample = 100;

    [TestCaseSource(typeof(TestDevices), nameof(TestDevices.All))]
    public void The_bound_is_true_in_every_one_of_10_000_cross_checks(TestDevice kind)
    {
        using IComputeDevice device = kind.Open();
        GpuClock clock = new(device);
        int held = 0;
        double worstNs = 0, worstBoundNs = 0;
        for (int check = 0; check < Checks; check++)
        {
            if (check % ChecksPerSample == 0)
            {
                clock.Sample();
            }

            Assert.That(device.TrySampleClock(out GpuClockSample reading), $"reading {check}");
            double errorNs = Math.Abs(clock.Map.ToMesh(clock.Unwrap(reading.GpuTicks, reading.MeshTime)) - reading.MeshTime);
            double boundNs = clock.Map.ErrorAt(reading.MeshTime) + reading.NsPerTick;
            held += errorNs <= boundNs + reading.ErrorNs ? 1 : 0;
            (worstNs, worstBoundNs) = (Math.Max(worstNs, errorNs), Math.Max(worstBoundNs, boundNs));
        }

        TestContext.Out.WriteLine($"{kind}: worst {worstNs:F0} ns, worst bound {worstBoundNs:F0} ns, jitter {clock.JitterNs:F0} ns, {clock.Ppm:F2} ppm, rejected {clock.Rejected}");
        Assert.That(held, Is.EqualTo(Checks));
        Assert.That(clock.Observations, Is.GreaterThan(Checks / ChecksPerSample / 2));
    }
}
