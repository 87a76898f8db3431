// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace AudioMesh.Interop;

/// <summary>A C library of the system, opened by file name. It stays open as long as the process lives.</summary>
internal sealed unsafe class SystemLibrary
{
    private readonly nint _handle;
    private readonly string _fileName;
    private readonly string _install;

    private SystemLibrary(nint handle, string fileName, string install) => (_handle, _fileName, _install) = (handle, fileName, install);

    /// <summary>
    /// Opens the first of <paramref name="fileNames"/> that there is. <paramref name="install"/> says where the library comes from.
    /// Throws <see cref="AudioErrorKind.LibraryMissing"/>.
    /// </summary>
    internal static SystemLibrary Open(string install, params ReadOnlySpan<string> fileNames)
    {
        foreach (string fileName in fileNames)
        {
            if (NativeLibrary.TryLoad(fileName, out nint handle))
            {
                return new SystemLibrary(handle, fileName, install);
            }
        }

        throw new AudioMeshException(AudioErrorKind.LibraryMissing, $"{fileNames[0]} cannot be opened: {install}");
    }

    /// <summary>A library that is open already, of that file.</summary>
    internal static SystemLibrary Opened(nint handle, string fileName, string install) => new(handle, fileName, install);

    /// <summary>The address of a function; throws <see cref="AudioErrorKind.LibraryMissing"/> when the library lacks it.</summary>
    internal void* Required(string symbol)
    {
        void* address = Optional(symbol);
        return address != null
            ? address
            : throw new AudioMeshException(AudioErrorKind.LibraryMissing, $"{_fileName} is too old, it has no {symbol}: {_install}");
    }

    /// <summary>The address of a function or variable; null when the library lacks it.</summary>
    internal void* Optional(string symbol) => NativeLibrary.TryGetExport(_handle, symbol, out nint address) ? (void*)address : null;

    /// <summary>The value of an exported pointer variable; null when the variable is missing.</summary>
    internal static void* PointerAt(void* variable) => variable == null ? null : *(void**)variable;
}
