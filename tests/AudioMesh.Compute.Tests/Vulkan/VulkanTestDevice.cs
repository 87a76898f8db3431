// SPDX-License-Identifier: MIT
using AudioMesh.Compute.Vulkan;

namespace AudioMesh.Compute.Tests.Vulkan;

/// <summary>The first device of Vulkan, lavapipe where there is no GPU; skips the test, with the reason, where there is none.</summary>
internal static class VulkanTestDevice
{
    public static VulkanDevice Open() => (VulkanDevice)ComputeDevices.Open(First());

    public static ComputeDeviceInfo First()
    {
        ComputeDeviceInfo? info = ComputeDevices.Enumerate().FirstOrDefault(info => info.Api == ComputeApi.Vulkan);
        if (info is null)
        {
            Assert.Ignore($"{ComputeDevices.WhyNone(ComputeApi.Vulkan)}");
        }

        return info!;
    }
}
