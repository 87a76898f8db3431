// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace AudioMesh.Interop;

internal static unsafe partial class LibC
{
    /// <summary>Bytes that hold a <c>struct sigaction</c> of any system we run on (152 on 64-bit glibc and musl, 16 on macOS).</summary>
    public const int SigactionBytes = 256;

    /// <summary>Reads (<paramref name="action"/> null) or sets a handler; both buffers are <see cref="SigactionBytes"/> long and opaque.</summary>
    [LibraryImport(Library, SetLastError = true)]
    public static partial int sigaction(int signal, void* action, void* old);

    /// <summary>SIGRTMIN as applications see it. Linux only.</summary>
    [LibraryImport(Library)]
    public static partial int __libc_current_sigrtmin();
}
