// SPDX-License-Identifier: MIT
namespace AudioMesh.Compute.Vulkan;

/// <summary>How long a device is waited for where the caller gives no time: a GPU that hangs must not hang its users.</summary>
internal static class VulkanLimits
{
    /// <summary>Submitting waits so long for the run before.</summary>
    public static readonly TimeSpan Busy = TimeSpan.FromSeconds(2);

    /// <summary>Disposing waits so long for a run under way.</summary>
    public static readonly TimeSpan Farewell = TimeSpan.FromSeconds(1);

    /// <summary>A reading of the clock that has to go through the queue takes no longer.</summary>
    public static readonly TimeSpan ClockReading = TimeSpan.FromMilliseconds(100);
}
