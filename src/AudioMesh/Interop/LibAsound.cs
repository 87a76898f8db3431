// SPDX-License-Identifier: MIT
using System.Diagnostics.CodeAnalysis;

namespace AudioMesh.Interop;

/// <summary>ALSA's library.</summary>
internal sealed unsafe partial class LibAsound
{
    private const string Install = "install libasound2 (Debian, Ubuntu), alsa-lib (Fedora, Arch)";

    private static readonly LazyLibrary<LibAsound> Shared = new(() => Load());

    /// <summary>The library of this process; throws <see cref="AudioErrorKind.LibraryMissing"/>.</summary>
    internal static LibAsound Instance => Shared.Value;

    /// <summary>The library of this process, or the reason why there is none.</summary>
    internal static bool TryGet([NotNullWhen(true)] out LibAsound? library, out string reason) => Shared.TryGet(out library, out reason);

    /// <summary>Opens the library at <paramref name="path"/>, or where the system has it.</summary>
    internal static LibAsound Load(string? path = null) =>
        new(path is not null ? SystemLibrary.Open(Install, path)
            : SystemLibrary.Open(Install, "libasound.so.2"));
}
