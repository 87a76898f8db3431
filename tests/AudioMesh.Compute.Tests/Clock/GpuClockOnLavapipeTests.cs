// SPDX-License-Identifier: MIT
using AudioMesh.Compute.Clock;
using AudioMesh.Compute.Tests.Vulkan;
using AudioMesh.Compute.Vulkan;

namespace AudioMesh.Compute.Tests.Clock;

/// <summary>Lavapipe's clock is the one that mesh time is: the truth is known, whichever way the clock is read.</summary>
internal sealed class GpuClockOnLavapipeTests
{
    private const int Checks = 10_000;
    private const int ChecksPerSample = 50;

    [TestCase("")]
    [TestCase("VK_EXT_calibrated_timestamps")]
    public void The_bound_covers_the_truth_in_every_one_of_10_000_cross_checks(string hiddenExtension)
    {
        FaultyLayer layer = FaultyLayer.Reset();
        layer.HideExtension(hiddenExtension);
        using VulkanDevice device = layer.Open();
        if (!device.Info.Name.Contains("llvmpipe"))
        {
            Assert.Ignore($"{device.Info.Name} has a clock of its own.");
        }

        GpuClock clock = new(device);
        int held = 0;
        double worstNs = 0, worstBoundNs = 0;
        for (int check = 0; check < Checks; check++)
        {
            if (check % ChecksPerSample == 0)
            {
                clock.Sample();
            }

            long truth = clock.Map.MeshOrigin.Nanoseconds + (check * 1_000_003L % 2_000_000_000);
            double errorNs = Math.Abs(clock.Map.ToMesh(truth).Nanoseconds - truth);
            double boundNs = clock.Map.ErrorAt(new(truth)) + clock.NominalNsPerTick;
            held += errorNs <= boundNs ? 1 : 0;
            (worstNs, worstBoundNs) = (Math.Max(worstNs, errorNs), Math.Max(worstBoundNs, boundNs));
        }

        TestContext.Out.WriteLine($"worst {worstNs:F0} ns, worst bound {worstBoundNs:F0} ns, jitter {clock.JitterNs:F0} ns, {clock.Observations} samples, rejected {clock.Rejected}");
        Assert.That(held, Is.EqualTo(Checks));
        Assert.That(clock.Observations, Is.GreaterThan(Checks / ChecksPerSample / 2));
    }
}
