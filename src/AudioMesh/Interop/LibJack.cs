// SPDX-License-Identifier: MIT
using System.Diagnostics.CodeAnalysis;

namespace AudioMesh.Interop;

/// <summary>JACK's client library, of JACK 1, JACK 2 or PipeWire.</summary>
internal sealed unsafe partial class LibJack
{
    private const string Install =
        "install libjack-jackd2-0 (Debian, Ubuntu), pipewire-jack-audio-connection-kit (Fedora) or jack (Homebrew)";

    private static readonly LazyLibrary<LibJack> Shared = new(() => Load());

    /// <summary>The library of this process; throws <see cref="AudioErrorKind.LibraryMissing"/>.</summary>
    internal static LibJack Instance => Shared.Value;

    /// <summary>The library of this process, or the reason why there is none.</summary>
    internal static bool TryGet([NotNullWhen(true)] out LibJack? library, out string reason) => Shared.TryGet(out library, out reason);

    /// <summary>Opens the library at <paramref name="path"/>, or where the system has it.</summary>
    internal static LibJack Load(string? path = null) =>
        new(path is not null ? SystemLibrary.Open(Install, path)
            : OperatingSystem.IsMacOS() ? SystemLibrary.Open(
                Install, "libjack.0.dylib", "/usr/local/lib/libjack.0.dylib", "/opt/homebrew/lib/libjack.0.dylib")
            : SystemLibrary.Open(Install, "libjack.so.0"));
}
