// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using System.Text;

namespace AudioMesh.Interop;

/// <summary>
/// The system's own way to open a library, which the runtime's has no words for: with all that it needs bound at once. Found in the program and not in libc by
/// name, because before glibc 2.34 it was in a library of its own, which the runtime has open.
/// </summary>
internal static unsafe class DynamicLoader
{
    private const int BindNow = 2; // RTLD_NOW, on Linux and macOS

    private static readonly delegate* unmanaged[Cdecl]<byte*, int, nint> DlOpen =
        (delegate* unmanaged[Cdecl]<byte*, int, nint>)NativeLibrary.GetExport(NativeLibrary.GetMainProgramHandle(), "dlopen");

    private static readonly delegate* unmanaged[Cdecl]<byte*> DlError =
        (delegate* unmanaged[Cdecl]<byte*>)NativeLibrary.GetExport(NativeLibrary.GetMainProgramHandle(), "dlerror");

    /// <summary>Opens the library at <paramref name="path"/>; false with the loader's words in <paramref name="error"/> where that cannot be done.</summary>
    public static bool TryOpenBound(string path, out nint handle, out string error)
    {
        fixed (byte* text = Encoding.UTF8.GetBytes(path + '\0'))
        {
            handle = DlOpen(text, BindNow);
            error = handle == 0 ? Marshal.PtrToStringUTF8((nint)DlError()) ?? "" : "";
            return handle != 0;
        }
    }
}
