// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Compute.Vulkan;

namespace AudioMesh.Compute.Tests.Vulkan;

internal sealed class VulkanClockTests
{
    private const string Calibrated = "VK_EXT_calibrated_timestamps";

    [TestCase("")]
    [TestCase(Calibrated)]
    public void A_sample_lies_within_its_reading_and_time_passes_as_its_unit_says(string hiddenExtension)
    {
        FaultyLayer layer = FaultyLayer.Reset();
        layer.HideExtension(hiddenExtension);
        using VulkanDevice device = layer.Open();
        MeshTime before = MeshClock.Now;
        GpuClockSample first = Sample(device);
        Thread.Sleep(50);
        GpuClockSample second = Sample(device);
        MeshTime after = MeshClock.Now;

        Assert.That(first.MeshTime.Add(-first.ErrorNs) >= before && second.MeshTime.Add(second.ErrorNs) <= after.Add(1));
        Assert.That(first.ValidBits, Is.InRange(1, 64));
        Assert.That(first.ErrorNs, Is.Not.Negative);
        double passedGpu = unchecked(second.GpuTicks - first.GpuTicks) * first.NsPerTick;
        long passedMesh = second.MeshTime - first.MeshTime;
        double allowed = first.ErrorNs + second.ErrorNs + (passedMesh * 1e-3) + (2 * first.NsPerTick);
        Assert.That(Math.Abs(passedGpu - passedMesh), Is.LessThanOrEqualTo(allowed));
    }

    /// <summary>Lavapipe's clock is the one that mesh time is.</summary>
    [TestCase("")]
    [TestCase(Calibrated)]
    public void Bounds_hold_where_the_truth_is_known(string hiddenExtension)
    {
        FaultyLayer layer = FaultyLayer.Reset();
        layer.HideExtension(hiddenExtension);
        using VulkanDevice device = layer.Open();
        if (!device.Info.Name.Contains("llvmpipe"))
        {
            Assert.Ignore($"{device.Info.Name} has a clock of its own.");
        }

        for (int i = 0; i < 500; i++)
        {
            GpuClockSample sample = Sample(device);
            Assert.That(sample.MeshTime.Nanoseconds - (long)sample.GpuTicks, Is.InRange(-sample.ErrorNs, sample.ErrorNs));
        }
    }

    [Test]
    public void A_hung_device_gives_no_sample_and_hangs_nobody()
    {
        FaultyLayer layer = FaultyLayer.Reset();
        layer.HideExtension(Calibrated);
        using VulkanDevice device = layer.Open();
        layer.Stall(FaultyLayer.Forever);
        Assert.That(device.TrySampleClock(out GpuClockSample _), Is.False);
        Assert.That(device.TrySampleClock(out GpuClockSample _), Is.False);
        layer.Wake();
        Sample(device);
    }

    [Test]
    public void A_reading_that_fails_gives_no_sample()
    {
        FaultyLayer layer = FaultyLayer.Reset();
        using VulkanDevice device = layer.Open();
        layer.Fail("vkGetCalibratedTimestampsEXT", FaultyLayer.OutOfDeviceMemory);
        bool first = device.TrySampleClock(out GpuClockSample _);
        if (layer.Calls("vkGetCalibratedTimestampsEXT") == 0)
        {
            Assert.Ignore($"{device.Info.Name} has no {Calibrated}.");
        }

        Assert.That(first, Is.False);
        Sample(device);
    }

    private static GpuClockSample Sample(VulkanDevice device)
    {
        if (!device.Info.HasClock)
        {
            Assert.Ignore($"{device.Info.Name} has no clock.");
        }

        Assert.That(device.TrySampleClock(out GpuClockSample sample));
        return sample;
    }
}
