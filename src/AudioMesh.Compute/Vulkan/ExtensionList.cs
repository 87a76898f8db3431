// SPDX-License-Identifier: MIT
using AudioMesh.Compute.Interop;

namespace AudioMesh.Compute.Vulkan;

/// <summary>Looks for extensions by name.</summary>
internal static unsafe class ExtensionList
{
    public static bool Contains(ReadOnlySpan<VkExtensionProperties> extensions, ReadOnlySpan<byte> name)
    {
        foreach (ref readonly VkExtensionProperties extension in extensions)
        {
            fixed (byte* text = extension.extensionName)
            {
                if (Utf8Text.Is(text, name))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
