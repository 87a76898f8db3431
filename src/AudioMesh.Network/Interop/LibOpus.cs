// SPDX-License-Identifier: MIT
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using AudioMesh.Interop;

namespace AudioMesh.Network.Interop;

/// <summary>libopus, the codec of RFC 6716.</summary>
internal sealed unsafe partial class LibOpus
{
    private const string Install = "install libopus0 (Debian, Ubuntu) or opus (Fedora, Arch, Homebrew)";

    private static readonly LazyLibrary<LibOpus> Shared = new(() => Load());

    /// <summary>The library of this process; throws <see cref="AudioErrorKind.LibraryMissing"/>.</summary>
    internal static LibOpus Instance => Shared.Value;

    /// <summary>The library of this process, or the reason why there is none.</summary>
    internal static bool TryGet([NotNullWhen(true)] out LibOpus? library, out string reason) => Shared.TryGet(out library, out reason);

    /// <summary>Opens the library at <paramref name="path"/>, or where the system has it.</summary>
    internal static LibOpus Load(string? path = null) =>
        new(path is not null ? SystemLibrary.Open(Install, path)
            : OperatingSystem.IsMacOS() ? SystemLibrary.Open(
                Install, "libopus.0.dylib", "/usr/local/lib/libopus.0.dylib", "/opt/homebrew/lib/libopus.0.dylib")
            : SystemLibrary.Open(Install, "libopus.so.0"));

    /// <summary>The library's words for an error.</summary>
    internal string ErrorText(int error) => Marshal.PtrToStringUTF8((nint)opus_strerror(error)) ?? "";
}
