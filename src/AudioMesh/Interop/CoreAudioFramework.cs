// SPDX-License-Identifier: MIT
using System.Diagnostics.CodeAnalysis;

namespace AudioMesh.Interop;

/// <summary>CoreAudio, with what it needs of CoreFoundation and Mach. Executed against stand-ins on Linux, never on macOS.</summary>
internal sealed unsafe partial class CoreAudioFramework
{
    private const string Install = "it is part of macOS, and there only";

    private static readonly LazyLibrary<CoreAudioFramework> Shared = new(() => Load());

    /// <summary>The frameworks of this process; throws <see cref="AudioErrorKind.LibraryMissing"/>.</summary>
    internal static CoreAudioFramework Instance => Shared.Value;

    /// <summary>The frameworks of this process, or the reason why there are none.</summary>
    internal static bool TryGet([NotNullWhen(true)] out CoreAudioFramework? library, out string reason) =>
        Shared.TryGet(out library, out reason);

    /// <summary>Opens the frameworks, or the one library at <paramref name="path"/> that stands in for all of them.</summary>
    internal static CoreAudioFramework Load(string? path = null)
    {
        if (path is not null)
        {
            SystemLibrary standIn = SystemLibrary.Open(Install, path);
            return new CoreAudioFramework(standIn, standIn, standIn);
        }

        return new CoreAudioFramework(
            SystemLibrary.Open(Install, "/System/Library/Frameworks/CoreAudio.framework/Versions/A/CoreAudio"),
            SystemLibrary.Open(Install, "/System/Library/Frameworks/CoreFoundation.framework/Versions/A/CoreFoundation"),
            SystemLibrary.Open(Install, "/usr/lib/libSystem.B.dylib"));
    }
}
