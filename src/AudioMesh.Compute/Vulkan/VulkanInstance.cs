// SPDX-License-Identifier: MIT
using AudioMesh.Compute.Interop;

namespace AudioMesh.Compute.Vulkan;

/// <summary>A connection to Vulkan's drivers; every device has one of its own, so that one that fails takes nothing with it.</summary>
internal sealed unsafe class VulkanInstance : IDisposable
{
    private readonly ValidationLog? _log;
    private VkDebugUtilsMessengerEXT _messenger;
    private bool _isDisposed;

    /// <summary>Throws <see cref="AudioErrorKind.DeviceUnavailable"/>, and <see cref="AudioErrorKind.LibraryMissing"/> without the layer that is asked for.</summary>
    public VulkanInstance(LibVulkan library, ValidationLog? log)
    {
        _log = log;
        try
        {
            Handle = Create(library, log);
            Commands = new VkInstanceCommands(new CommandLookup(library, Handle));
            CreateMessenger();
        }
        catch (AudioMeshException)
        {
            Dispose();
            throw;
        }
    }

    public VkInstance Handle { get; }

    public VkInstanceCommands Commands { get; } = null!;

    public IReadOnlyList<string> ValidationMessages => _log?.Messages ?? [];

    public VkPhysicalDevice[] PhysicalDevices()
    {
        uint count = 0;
        VulkanError.Check(Commands.vkEnumeratePhysicalDevices(Handle, &count, null), "vkEnumeratePhysicalDevices");
        VkPhysicalDevice[] devices = new VkPhysicalDevice[count];
        fixed (VkPhysicalDevice* first = devices)
        {
            VulkanError.Check(Commands.vkEnumeratePhysicalDevices(Handle, &count, first), "vkEnumeratePhysicalDevices");
        }

        return devices[..(int)count];
    }

    public void Dispose()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        if (!_messenger.IsNull)
        {
            Commands.vkDestroyDebugUtilsMessengerEXT(Handle, _messenger, null);
        }

        if (!Handle.IsNull && Commands is not null)
        {
            Commands.vkDestroyInstance(Handle, null);
        }

        _log?.Close();
    }

    private static VkInstance Create(LibVulkan library, ValidationLog? log)
    {
        uint version;
        VulkanError.Check(library.vkEnumerateInstanceVersion(&version), "vkEnumerateInstanceVersion");
        VkApplicationInfo application = new()
        {
            sType = VkApplicationInfo.Tag,
            pEngineName = Utf8Text.Literal("AudioMesh"u8),
            apiVersion = Math.Min(Math.Max(version, LibVulkan.Version11), LibVulkan.Version12),
        };
        VkInstanceCreateInfo info = new() { sType = VkInstanceCreateInfo.Tag, pApplicationInfo = &application };
        byte** extensions = stackalloc byte*[3];
        info.ppEnabledExtensionNames = extensions;
        if (HasExtension(library, LibVulkan.VK_KHR_PORTABILITY_ENUMERATION_EXTENSION_NAME))
        {
            extensions[info.enabledExtensionCount++] = Utf8Text.Literal(LibVulkan.VK_KHR_PORTABILITY_ENUMERATION_EXTENSION_NAME);
            info.flags = VkInstanceCreateFlagBits.VK_INSTANCE_CREATE_ENUMERATE_PORTABILITY_BIT_KHR;
        }

        byte* layer = Utf8Text.Literal(ValidationLog.Layer);
        VkDebugUtilsMessengerCreateInfoEXT messenger = default;
        VkValidationFeatureEnableEXT synchronization = VkValidationFeatureEnableEXT.VK_VALIDATION_FEATURE_ENABLE_SYNCHRONIZATION_VALIDATION_EXT;
        VkValidationFeaturesEXT features = new()
        {
            sType = VkValidationFeaturesEXT.Tag,
            pNext = &messenger,
            enabledValidationFeatureCount = 1,
            pEnabledValidationFeatures = &synchronization,
        };
        if (log is not null)
        {
            messenger = log.MessengerInfo();
            info.pNext = &features;
            info.enabledLayerCount = 1;
            info.ppEnabledLayerNames = &layer;
            extensions[info.enabledExtensionCount++] = Utf8Text.Literal(LibVulkan.VK_EXT_DEBUG_UTILS_EXTENSION_NAME);
            extensions[info.enabledExtensionCount++] = Utf8Text.Literal(LibVulkan.VK_EXT_VALIDATION_FEATURES_EXTENSION_NAME);
        }

        VkInstance instance;
        VkResult result = library.vkCreateInstance(&info, null, &instance);
        return result switch
        {
            VkResult.VK_SUCCESS => instance,
            VkResult.VK_ERROR_INCOMPATIBLE_DRIVER => throw new AudioMeshException(
                AudioErrorKind.DeviceUnavailable, "No Vulkan driver is installed: install your GPU's, or mesa-vulkan-drivers (Debian, Ubuntu)."),
            VkResult.VK_ERROR_LAYER_NOT_PRESENT => throw new AudioMeshException(
                AudioErrorKind.LibraryMissing, "Vulkan's validation layer is not installed: install vulkan-validationlayers (Debian, Ubuntu)."),
            _ => throw VulkanError.For(result, "vkCreateInstance"),
        };
    }

    private static bool HasExtension(LibVulkan library, ReadOnlySpan<byte> name)
    {
        uint count = 0;
        VulkanError.Check(library.vkEnumerateInstanceExtensionProperties(null, &count, null), "vkEnumerateInstanceExtensionProperties");
        VkExtensionProperties[] found = new VkExtensionProperties[count];
        fixed (VkExtensionProperties* first = found)
        {
            VulkanError.Check(library.vkEnumerateInstanceExtensionProperties(null, &count, first), "vkEnumerateInstanceExtensionProperties");
            return ExtensionList.Contains(new(first, (int)count), name);
        }
    }

    private void CreateMessenger()
    {
        if (_log is not null && Commands.vkCreateDebugUtilsMessengerEXT != null)
        {
            VkDebugUtilsMessengerCreateInfoEXT info = _log.MessengerInfo();
            VkDebugUtilsMessengerEXT messenger;
            VulkanError.Check(Commands.vkCreateDebugUtilsMessengerEXT(Handle, &info, null, &messenger), "vkCreateDebugUtilsMessengerEXT");
            _messenger = messenger;
        }
    }
}
