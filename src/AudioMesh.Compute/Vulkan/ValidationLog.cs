// SPDX-License-Identifier: MIT
using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using AudioMesh.Compute.Interop;

namespace AudioMesh.Compute.Vulkan;

/// <summary>Keeps what the validation layer says about one instance.</summary>
internal sealed unsafe class ValidationLog
{
    private const string Variable = "AUDIOMESH_VULKAN_VALIDATION";
    private readonly ConcurrentQueue<string> _messages = new();
    private GCHandle _self;

    private ValidationLog() => _self = GCHandle.Alloc(this);

    /// <summary>The name of the layer.</summary>
    public static ReadOnlySpan<byte> Layer => "VK_LAYER_KHRONOS_validation"u8;

    public IReadOnlyList<string> Messages => [.. _messages];

    /// <summary>A log where the environment asks for validation, else null.</summary>
    public static ValidationLog? FromEnvironment() => Environment.GetEnvironmentVariable(Variable) == "1" ? new ValidationLog() : null;

    /// <summary>What makes a messenger write here.</summary>
    public VkDebugUtilsMessengerCreateInfoEXT MessengerInfo() => new()
    {
        sType = VkDebugUtilsMessengerCreateInfoEXT.Tag,
        messageSeverity = VkDebugUtilsMessageSeverityFlagBitsEXT.VK_DEBUG_UTILS_MESSAGE_SEVERITY_WARNING_BIT_EXT
            | VkDebugUtilsMessageSeverityFlagBitsEXT.VK_DEBUG_UTILS_MESSAGE_SEVERITY_ERROR_BIT_EXT,
        messageType = VkDebugUtilsMessageTypeFlagBitsEXT.VK_DEBUG_UTILS_MESSAGE_TYPE_VALIDATION_BIT_EXT
            | VkDebugUtilsMessageTypeFlagBitsEXT.VK_DEBUG_UTILS_MESSAGE_TYPE_PERFORMANCE_BIT_EXT,
        pfnUserCallback = (delegate* unmanaged[Cdecl]<uint, uint, VkDebugUtilsMessengerCallbackDataEXT*, void*, uint>)&Take,
        pUserData = (void*)GCHandle.ToIntPtr(_self),
    };

    /// <summary>Nobody writes any more.</summary>
    public void Close() => _self.Free();

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static uint Take(uint severity, uint types, VkDebugUtilsMessengerCallbackDataEXT* data, void* log)
    {
        ((ValidationLog)GCHandle.FromIntPtr((nint)log).Target!)._messages.Enqueue(Utf8Text.Read(data->pMessage));
        return 0;
    }
}
