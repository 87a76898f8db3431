// SPDX-License-Identifier: MIT
using System.Text;

namespace AudioMesh.Compute.Interop;

/// <summary>Finds Vulkan's functions for one instance or device, under the first of their names that it knows.</summary>
internal sealed unsafe class CommandLookup
{
    private readonly delegate* unmanaged[Cdecl]<nint, byte*, void*> _find;
    private readonly nint _owner;

    internal CommandLookup(LibVulkan library, VkInstance instance)
    {
        _find = (delegate* unmanaged[Cdecl]<nint, byte*, void*>)library.vkGetInstanceProcAddr;
        _owner = *(nint*)&instance;
    }

    internal CommandLookup(VkInstanceCommands commands, VkDevice device)
    {
        _find = (delegate* unmanaged[Cdecl]<nint, byte*, void*>)commands.vkGetDeviceProcAddr;
        _owner = *(nint*)&device;
    }

    /// <summary>The function's address; throws <see cref="AudioErrorKind.DeviceUnavailable"/> where there is none.</summary>
    internal void* Required(params ReadOnlySpan<string> names)
    {
        void* command = Optional(names);
        return command != null
            ? command
            : throw new AudioMeshException(AudioErrorKind.DeviceUnavailable, $"The Vulkan driver has no {names[0]}: update it.");
    }

    /// <summary>The function's address; null where there is none.</summary>
    internal void* Optional(params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            fixed (byte* text = Encoding.UTF8.GetBytes(name + '\0'))
            {
                void* command = _find(_owner, text);
                if (command != null)
                {
                    return command;
                }
            }
        }

        return null;
    }
}
