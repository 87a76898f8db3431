// SPDX-License-Identifier: MIT
using AudioMesh.Compute.Interop;

namespace AudioMesh.Compute.Vulkan;

/// <summary>Turns Vulkan's results into errors by what the caller can do.</summary>
internal static class VulkanError
{
    public static bool IsFailure(VkResult result) => (int)result < 0;

    /// <summary>Whether memory ran out, which leaves the device as it was.</summary>
    public static bool IsOutOfMemory(VkResult result) => result
        is VkResult.VK_ERROR_OUT_OF_HOST_MEMORY or VkResult.VK_ERROR_OUT_OF_DEVICE_MEMORY
        or VkResult.VK_ERROR_OUT_OF_POOL_MEMORY or VkResult.VK_ERROR_FRAGMENTATION or VkResult.VK_ERROR_FRAGMENTED_POOL
        or VkResult.VK_ERROR_TOO_MANY_OBJECTS or VkResult.VK_ERROR_MEMORY_MAP_FAILED;

    /// <summary>Throws where <paramref name="result"/> is a failure; <paramref name="call"/> is named in the message.</summary>
    public static void Check(VkResult result, string call)
    {
        if (IsFailure(result))
        {
            throw For(result, call);
        }
    }

    public static AudioMeshException For(VkResult result, string call) => new(KindOf(result), $"{call} answered {result}.");

    private static AudioErrorKind KindOf(VkResult result) => IsOutOfMemory(result) ? AudioErrorKind.LimitExceeded : result switch
    {
        VkResult.VK_ERROR_DEVICE_LOST => AudioErrorKind.DeviceLost,
        VkResult.VK_ERROR_LAYER_NOT_PRESENT => AudioErrorKind.LibraryMissing,
        _ => AudioErrorKind.DeviceUnavailable,
    };
}
