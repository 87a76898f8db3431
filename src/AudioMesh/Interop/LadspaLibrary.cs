// SPDX-License-Identifier: MIT
namespace AudioMesh.Interop;

/// <summary>One shared library of LADSPA plug-ins. What it exports lies in the library, which stays open as long as the process lives.</summary>
internal sealed unsafe partial class LadspaLibrary
{
    private const string Install = "install the plug-ins it is of";

    /// <summary>
    /// Opens the library at <paramref name="path"/> with everything it needs bound at once, so that no first call on a device thread looks a function up. Throws
    /// <see cref="AudioErrorKind.LibraryMissing"/>.
    /// </summary>
    internal static LadspaLibrary Open(string path) => DynamicLoader.TryOpenBound(path, out nint handle, out string error)
        ? new LadspaLibrary(SystemLibrary.Opened(handle, path, Install))
        : throw new AudioMeshException(AudioErrorKind.LibraryMissing, $"{path} cannot be opened: {error}: {Install}");
}
