// SPDX-License-Identifier: MIT
using AudioMesh.Compute.Kernels;
using AudioMesh.Compute.Vulkan;

namespace AudioMesh.Compute.Tests.Vulkan;

internal sealed class VulkanVersionTests
{
    [Test]
    public void A_device_of_version_1_1_with_timeline_semaphores_does_too()
    {
        FaultyLayer layer = FaultyLayer.Reset();
        layer.LimitVersion(1);
        ComputeDeviceInfo info = layer.In(() => ComputeDevices.Enumerate().First(info => info.Api == ComputeApi.Vulkan));
        using IComputeDevice device = layer.In(() => ComputeDevices.Open(info));
        using GainMixProgram mix = new(device, 1, 64);
        mix.Program.Run();
        Assert.That(info.Driver, Does.EndWith("Vulkan 1.1"));
    }

    [Test]
    public void A_device_without_timeline_semaphores_is_left_out_with_the_reason()
    {
        FaultyLayer layer = FaultyLayer.Reset();
        layer.LimitVersion(1);
        layer.HideExtension("VK_KHR_timeline_semaphore");
        Assert.That(layer.In(() => ComputeDevices.Enumerate().Where(info => info.Api == ComputeApi.Vulkan)), Is.Empty);
        Assert.That(layer.In(() => ComputeDevices.WhyNone(ComputeApi.Vulkan)), Does.Contain("VK_KHR_timeline_semaphore"));
    }

    [Test]
    public void A_device_of_the_least_limits_runs_what_fits_and_names_what_does_not()
    {
        FaultyLayer layer = FaultyLayer.Reset();
        layer.HaveLeastLimits();
        using VulkanDevice device = layer.Open();
        using GainMixProgram mix = new(device, 1, 64);
        mix.Program.Run();
        Assert.That(() => new BurgProgram(device, 1, 256, 16), Failures.Of(AudioErrorKind.LimitExceeded));
        Assert.That(() => new BurgProgram(device, 1, 256, 16), Throws.InstanceOf<AudioMeshException>().With.Message.Contains("burg: 6 buffers of 4, 26112 bytes"));
        Assert.That(() => new MixMatrixProgram(device, 1, 1, 64), Failures.Of(AudioErrorKind.LimitExceeded));
        Assert.That(device.IsLost, Is.False);
    }
}
