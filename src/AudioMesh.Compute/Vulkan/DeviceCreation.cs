// SPDX-License-Identifier: MIT
using AudioMesh.Compute.Interop;

namespace AudioMesh.Compute.Vulkan;

/// <summary>Opens a device with one queue and what our kernels need.</summary>
internal static unsafe class DeviceCreation
{
    private const int MostExtensions = 3;

    public static VkDevice Create(VulkanInstance instance, VulkanAdapter adapter)
    {
        float priority = 1;
        VkDeviceQueueCreateInfo queue = new()
        {
            sType = VkDeviceQueueCreateInfo.Tag,
            queueFamilyIndex = adapter.QueueFamily,
            queueCount = 1,
            pQueuePriorities = &priority,
        };
        VkPhysicalDeviceTimelineSemaphoreFeatures timeline = new() { sType = VkPhysicalDeviceTimelineSemaphoreFeatures.Tag, timelineSemaphore = 1 };
        byte** extensions = stackalloc byte*[MostExtensions];
        VkDeviceCreateInfo info = new()
        {
            sType = VkDeviceCreateInfo.Tag,
            pNext = &timeline,
            queueCreateInfoCount = 1,
            pQueueCreateInfos = &queue,
            enabledExtensionCount = NameExtensions(adapter, extensions),
            ppEnabledExtensionNames = extensions,
        };
        VkDevice device;
        VulkanError.Check(instance.Commands.vkCreateDevice(adapter.Handle, &info, null, &device), $"vkCreateDevice for {adapter.Info.Name}");
        return device;
    }

    private static uint NameExtensions(VulkanAdapter adapter, byte** names)
    {
        uint count = 0;
        Add(LibVulkan.VK_KHR_TIMELINE_SEMAPHORE_EXTENSION_NAME);
        Add(LibVulkan.VK_EXT_CALIBRATED_TIMESTAMPS_EXTENSION_NAME);
        // A device that is not all of Vulkan, such as MoltenVK's, wants this to be acknowledged.
        Add("VK_KHR_portability_subset"u8);
        return count;

        void Add(ReadOnlySpan<byte> literal)
        {
            if (adapter.HasExtension(literal))
            {
                names[count++] = Utf8Text.Literal(literal);
            }
        }
    }
}
