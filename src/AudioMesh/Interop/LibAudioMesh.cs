// SPDX-License-Identifier: MIT
namespace AudioMesh.Interop;

/// <summary>The engine's own library, through the C interface that <c>native/include/audiomesh.h</c> states.</summary>
internal sealed unsafe partial class LibAudioMesh
{
    /// <summary>Opens the library at <paramref name="path"/>; throws <see cref="AudioErrorKind.LibraryMissing"/>.</summary>
    internal static LibAudioMesh Load(string path) =>
        new(SystemLibrary.Open("it comes with package AudioMesh, in runtimes/<rid>/native", path));
}
