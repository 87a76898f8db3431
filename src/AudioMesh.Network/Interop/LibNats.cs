// SPDX-License-Identifier: MIT
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using AudioMesh.Interop;

namespace AudioMesh.Network.Interop;

/// <summary>libnats, the official C client of NATS, 3.4 or a later 3.</summary>
internal sealed unsafe partial class LibNats
{
    private const string Install = "install libnats3.4 or libnats-dev (Debian, Ubuntu), nats-c (Fedora, Arch) or cnats (Homebrew)";

    private static readonly LazyLibrary<LibNats> Shared = new(() => Load());

    /// <summary>The library of this process; throws <see cref="AudioErrorKind.LibraryMissing"/>.</summary>
    internal static LibNats Instance => Shared.Value;

    /// <summary>The library of this process, or the reason why there is none.</summary>
    internal static bool TryGet([NotNullWhen(true)] out LibNats? library, out string reason) => Shared.TryGet(out library, out reason);

    /// <summary>Opens the library at <paramref name="path"/>, or where the system has it.</summary>
    internal static LibNats Load(string? path = null) =>
        new(path is not null ? SystemLibrary.Open(Install, path)
            : OperatingSystem.IsMacOS()
            ? SystemLibrary.Open(Install, "libnats.dylib", "/usr/local/lib/libnats.dylib", "/opt/homebrew/lib/libnats.dylib")
            : SystemLibrary.Open(
                Install,
                "libnats.so.3.12", "libnats.so.3.11", "libnats.so.3.10", "libnats.so.3.9", "libnats.so.3.8", "libnats.so.3.7", "libnats.so.3.6", "libnats.so.3.5", "libnats.so.3.4"));

    /// <summary>The library's words for a status.</summary>
    internal string TextOf(natsStatus status) => Marshal.PtrToStringUTF8((nint)natsStatus_GetText(status)) ?? $"{status}";
}
