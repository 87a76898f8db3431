// SPDX-License-Identifier: MIT
namespace AudioMesh.Compute.Vulkan;

/// <summary>A way to read a device's clock. For any thread; allocates nothing.</summary>
internal interface IVulkanClock : IDisposable
{
    /// <summary>False where it could not be read just now.</summary>
    bool TrySample(out GpuClockSample sample);
}
