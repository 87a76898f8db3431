// SPDX-License-Identifier: MIT
using System.Diagnostics.CodeAnalysis;
using AudioMesh.Interop;

namespace AudioMesh.Compute.Interop;

/// <summary>Vulkan's loader, or on macOS MoltenVK by itself.</summary>
internal sealed unsafe partial class LibVulkan
{
    internal const uint Version11 = (1 << 22) | (1 << 12);
    internal const uint Version12 = (1 << 22) | (2 << 12);
    internal const int UuidBytes = 16;

    private const string Install = "install libvulkan1 and your GPU's driver (Debian, Ubuntu), vulkan-loader (Fedora) or molten-vk (Homebrew)";

    private static readonly LazyLibrary<LibVulkan> Shared = new(() => Load());

    /// <summary>The library of this process; throws <see cref="AudioErrorKind.LibraryMissing"/>.</summary>
    internal static LibVulkan Instance => Shared.Value;

    /// <summary>The library of this process, or the reason why there is none.</summary>
    internal static bool TryGet([NotNullWhen(true)] out LibVulkan? library, out string reason) => Shared.TryGet(out library, out reason);

    /// <summary>Opens the library at <paramref name="path"/>, or where the system has it.</summary>
    internal static LibVulkan Load(string? path = null) =>
        new(path is not null ? SystemLibrary.Open(Install, path)
            : OperatingSystem.IsMacOS() ? SystemLibrary.Open(
                Install, "libvulkan.1.dylib", "/usr/local/lib/libvulkan.1.dylib", "/opt/homebrew/lib/libvulkan.1.dylib",
                "libMoltenVK.dylib", "/usr/local/lib/libMoltenVK.dylib", "/opt/homebrew/lib/libMoltenVK.dylib")
            : SystemLibrary.Open(Install, "libvulkan.so.1"));
}
