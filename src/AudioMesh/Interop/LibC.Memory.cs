// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace AudioMesh.Interop;

internal static unsafe partial class LibC
{
    public const int PROT_NONE = 0;
    public const int PROT_READ = 1;
    public const int PROT_WRITE = 2;
    public const int PROT_EXEC = 4;
    public const int MAP_SHARED = 1;
    public const int MAP_PRIVATE = 2;

    /// <summary>Linux only.</summary>
    public const int MAP_POPULATE = 0x8000;

    public const uint MFD_CLOEXEC = 1;
    public const uint MFD_ALLOW_SEALING = 2;

    public static readonly void* MAP_FAILED = (void*)-1;

    public static int MAP_ANONYMOUS => OperatingSystem.IsMacOS() ? 0x1000 : 0x20;

    [LibraryImport(Library, SetLastError = true)]
    public static partial void* mmap(void* address, nuint bytes, int protection, int flags, int fd, long offset);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int munmap(void* address, nuint bytes);

    [LibraryImport(Library)]
    public static partial int mprotect(void* address, nuint bytes, int protection);

    /// <summary>The name begins with a slash and has no other; at most 31 bytes on macOS.</summary>
    [LibraryImport(Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int shm_open(string name, int flags, uint mode);

    [LibraryImport(Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int shm_unlink(string name);

    /// <summary>Linux only.</summary>
    [LibraryImport(Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int memfd_create(string name, uint flags);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int mlock(void* address, nuint bytes);
}
