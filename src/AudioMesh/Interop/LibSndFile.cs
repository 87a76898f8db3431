// SPDX-License-Identifier: MIT
using System.Diagnostics.CodeAnalysis;

namespace AudioMesh.Interop;

/// <summary>libsndfile, which reads and writes audio files.</summary>
internal sealed unsafe partial class LibSndFile
{
    private const string Install = "install libsndfile1 (Debian, Ubuntu) or libsndfile (Fedora, Arch, Homebrew)";

    private static readonly LazyLibrary<LibSndFile> Shared = new(() => Load());

    /// <summary>The library of this process; throws <see cref="AudioErrorKind.LibraryMissing"/>.</summary>
    internal static LibSndFile Instance => Shared.Value;

    /// <summary>The library of this process, or the reason why there is none.</summary>
    internal static bool TryGet([NotNullWhen(true)] out LibSndFile? library, out string reason) => Shared.TryGet(out library, out reason);

    /// <summary>Opens the library at <paramref name="path"/>, or where the system has it.</summary>
    internal static LibSndFile Load(string? path = null) =>
        new(path is not null ? SystemLibrary.Open(Install, path)
            : OperatingSystem.IsMacOS() ? SystemLibrary.Open(
                Install, "libsndfile.1.dylib", "/usr/local/lib/libsndfile.1.dylib", "/opt/homebrew/lib/libsndfile.1.dylib")
            : SystemLibrary.Open(Install, "libsndfile.so.1"));
}
