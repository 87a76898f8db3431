// SPDX-License-Identifier: MIT
using AudioMesh.Compute.Interop;

namespace AudioMesh.Compute.Vulkan;

/// <summary>A device that a driver shows, and what it can do; not opened.</summary>
internal sealed unsafe class VulkanAdapter
{
    private const uint NoFamily = uint.MaxValue;
    private readonly VkInstanceCommands _commands;
    private readonly VkExtensionProperties[] _extensions;

    /// <summary>Reads what there is to know; the instance must outlive it.</summary>
    public VulkanAdapter(VulkanInstance instance, VkPhysicalDevice handle)
    {
        _commands = instance.Commands;
        Handle = handle;
        VkPhysicalDeviceProperties properties;
        _commands.vkGetPhysicalDeviceProperties(handle, &properties);
        Limits = properties.limits;
        Name = Utf8Text.Read(properties.deviceName);
        _extensions = ReadExtensions();
        (QueueFamily, TimestampBits) = ChooseQueue();
        Misfit = FindMisfit(properties.apiVersion);
        Info = Misfit is null ? Describe() : null!;
    }

    public VkPhysicalDevice Handle { get; }

    public string Name { get; }

    /// <summary>What is missing for our kernels; null where nothing is.</summary>
    public string? Misfit { get; }

    /// <summary>How it is shown to people; only where it fits.</summary>
    public ComputeDeviceInfo Info { get; }

    public VkPhysicalDeviceLimits Limits { get; }

    public uint QueueFamily { get; }

    /// <summary>How many bits its clock has; 0 for none.</summary>
    public int TimestampBits { get; }

    public bool HasExtension(ReadOnlySpan<byte> name) => ExtensionList.Contains(_extensions, name);

    /// <summary>
    /// The kind of memory for buffers. One that is host-visible and coherent is promised by the specification (11.6, "Device Memory"),
    /// also for every buffer; cached is better, because the processor reads what kernels write.
    /// </summary>
    public uint ChooseMemory(uint allowed)
    {
        VkPhysicalDeviceMemoryProperties memory;
        _commands.vkGetPhysicalDeviceMemoryProperties(Handle, &memory);
        const VkMemoryPropertyFlagBits coherent =
            VkMemoryPropertyFlagBits.VK_MEMORY_PROPERTY_HOST_VISIBLE_BIT | VkMemoryPropertyFlagBits.VK_MEMORY_PROPERTY_HOST_COHERENT_BIT;
        foreach (VkMemoryPropertyFlagBits wanted in (ReadOnlySpan<VkMemoryPropertyFlagBits>)
            [coherent | VkMemoryPropertyFlagBits.VK_MEMORY_PROPERTY_HOST_CACHED_BIT, coherent])
        {
            for (int i = 0; i < memory.memoryTypeCount; i++)
            {
                if ((allowed >> i & 1) != 0 && (memory.memoryTypes[i].propertyFlags & wanted) == wanted)
                {
                    return (uint)i;
                }
            }
        }

        throw new AudioMeshException(AudioErrorKind.DeviceUnavailable, $"{Name} has no memory that the processor sees.");
    }

    /// <summary>The clocks that the device's can be read together with, its own among them; none without the extension.</summary>
    public VkTimeDomainEXT[] TimeDomains()
    {
        if (_commands.vkGetPhysicalDeviceCalibrateableTimeDomainsEXT == null || !HasExtension(LibVulkan.VK_EXT_CALIBRATED_TIMESTAMPS_EXTENSION_NAME))
        {
            return [];
        }

        uint count = 0;
        VkResult result = _commands.vkGetPhysicalDeviceCalibrateableTimeDomainsEXT(Handle, &count, null);
        VkTimeDomainEXT[] domains = new VkTimeDomainEXT[count];
        fixed (VkTimeDomainEXT* first = domains)
        {
            return result == VkResult.VK_SUCCESS
                && _commands.vkGetPhysicalDeviceCalibrateableTimeDomainsEXT(Handle, &count, first) == VkResult.VK_SUCCESS ? domains : [];
        }
    }

    private VkExtensionProperties[] ReadExtensions()
    {
        uint count = 0;
        VulkanError.Check(_commands.vkEnumerateDeviceExtensionProperties(Handle, null, &count, null), "vkEnumerateDeviceExtensionProperties");
        VkExtensionProperties[] extensions = new VkExtensionProperties[count];
        fixed (VkExtensionProperties* first = extensions)
        {
            VulkanError.Check(_commands.vkEnumerateDeviceExtensionProperties(Handle, null, &count, first), "vkEnumerateDeviceExtensionProperties");
        }

        return extensions;
    }

    /// <summary>A family for computing alone where there is one: no drawing delays it.</summary>
    private (uint Family, int TimestampBits) ChooseQueue()
    {
        uint count = 0;
        _commands.vkGetPhysicalDeviceQueueFamilyProperties(Handle, &count, null);
        VkQueueFamilyProperties[] families = new VkQueueFamilyProperties[count];
        fixed (VkQueueFamilyProperties* first = families)
        {
            _commands.vkGetPhysicalDeviceQueueFamilyProperties(Handle, &count, first);
        }

        int chosen = Array.FindIndex(families, f => Computes(f) && (f.queueFlags & VkQueueFlagBits.VK_QUEUE_GRAPHICS_BIT) == 0);
        chosen = chosen >= 0 ? chosen : Array.FindIndex(families, Computes);
        return chosen >= 0 ? ((uint)chosen, (int)families[chosen].timestampValidBits) : (NoFamily, 0);
    }

    private static bool Computes(VkQueueFamilyProperties family) =>
        family.queueCount != 0 && (family.queueFlags & VkQueueFlagBits.VK_QUEUE_COMPUTE_BIT) != 0;

    private string? FindMisfit(uint version)
    {
        if (version < LibVulkan.Version11)
        {
            return "it speaks Vulkan 1.0, and 1.2 is needed";
        }

        if (version < LibVulkan.Version12 && !HasExtension(LibVulkan.VK_KHR_TIMELINE_SEMAPHORE_EXTENSION_NAME))
        {
            return "it has neither Vulkan 1.2 nor VK_KHR_timeline_semaphore";
        }

        if (QueueFamily == NoFamily)
        {
            return "it cannot compute";
        }

        VkPhysicalDeviceTimelineSemaphoreFeatures timeline = new() { sType = VkPhysicalDeviceTimelineSemaphoreFeatures.Tag };
        VkPhysicalDeviceFeatures2 features = new() { sType = VkPhysicalDeviceFeatures2.Tag, pNext = &timeline };
        _commands.vkGetPhysicalDeviceFeatures2(Handle, &features);
        return timeline.timelineSemaphore == 0 ? "it has no timeline semaphores" : null;
    }

    private ComputeDeviceInfo Describe()
    {
        VkPhysicalDeviceDriverProperties driver = new() { sType = VkPhysicalDeviceDriverProperties.Tag };
        VkPhysicalDeviceIDProperties id = new() { sType = VkPhysicalDeviceIDProperties.Tag };
        VkPhysicalDeviceProperties2 all = new() { sType = VkPhysicalDeviceProperties2.Tag, pNext = &id };
        VkPhysicalDeviceProperties properties;
        _commands.vkGetPhysicalDeviceProperties(Handle, &properties);
        bool namesDriver = properties.apiVersion >= LibVulkan.Version12;
        id.pNext = namesDriver ? &driver : null;
        _commands.vkGetPhysicalDeviceProperties2(Handle, &all);
        string uuid = Convert.ToHexStringLower(new ReadOnlySpan<byte>(id.deviceUUID, LibVulkan.UuidBytes));
        string driverText = namesDriver
            ? $"{Utf8Text.Read(driver.driverName)} {Utf8Text.Read(driver.driverInfo)}".TrimEnd()
            : $"driver {properties.driverVersion}";
        return new ComputeDeviceInfo(
            ComputeApi.Vulkan,
            $"{uuid}-{(int)driver.driverID}",
            Name,
            KindOf(properties.deviceType),
            $"{driverText}, Vulkan {properties.apiVersion >> 22 & 0x7f}.{properties.apiVersion >> 12 & 0x3ff}",
            TimestampBits != 0);
    }

    private static ComputeDeviceKind KindOf(VkPhysicalDeviceType type) => type switch
    {
        VkPhysicalDeviceType.VK_PHYSICAL_DEVICE_TYPE_DISCRETE_GPU => ComputeDeviceKind.Discrete,
        VkPhysicalDeviceType.VK_PHYSICAL_DEVICE_TYPE_INTEGRATED_GPU => ComputeDeviceKind.Integrated,
        VkPhysicalDeviceType.VK_PHYSICAL_DEVICE_TYPE_VIRTUAL_GPU => ComputeDeviceKind.Virtual,
        _ => ComputeDeviceKind.Software,
    };
}
