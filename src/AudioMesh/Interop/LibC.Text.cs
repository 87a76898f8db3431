// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace AudioMesh.Interop;

internal static unsafe partial class LibC
{
    /// <summary>Formats what a C callback was given as a va_list, which x86-64 and arm64 Linux both pass as a pointer.</summary>
    [LibraryImport(Library)]
    public static partial int vsnprintf(byte* text, nuint room, byte* format, void* arguments);
}
