// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace AudioMesh.Interop;

internal static unsafe partial class LibC
{
    public const int O_RDONLY = 0;
    public const int O_WRONLY = 1;
    public const int O_RDWR = 2;
    public const short POLLIN = 1;
    public const short POLLOUT = 4;
    public const short POLLERR = 8;
    public const short POLLHUP = 16;
    public const int EFD_CLOEXEC = 0x80000;
    public const int EFD_NONBLOCK = 0x800;

    public static int O_CREAT => OperatingSystem.IsMacOS() ? 0x200 : 0x40;

    public static int O_EXCL => OperatingSystem.IsMacOS() ? 0x800 : 0x80;

    public static int O_NONBLOCK => OperatingSystem.IsMacOS() ? 0x4 : 0x800;

    public static int O_CLOEXEC => OperatingSystem.IsMacOS() ? 0x1000000 : 0x80000;

    [LibraryImport(Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int open(string path, int flags, uint mode);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int close(int fd);

    [LibraryImport(Library, SetLastError = true)]
    public static partial nint read(int fd, void* buffer, nuint bytes);

    [LibraryImport(Library, SetLastError = true)]
    public static partial nint write(int fd, void* buffer, nuint bytes);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int ftruncate(int fd, long bytes);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int fchmod(int fd, uint mode);

    [LibraryImport(Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int unlink(string path);

    /// <summary>Linux only.</summary>
    [LibraryImport(Library, SetLastError = true)]
    public static partial int eventfd(uint initial, int flags);

    /// <summary>Waits for one of <paramref name="count"/> descriptors; a negative timeout waits for ever.</summary>
    [LibraryImport(Library, SetLastError = true)]
    public static partial int poll(PollFd* fds, nuint count, int timeoutMs);

    /// <summary><c>struct pollfd</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct PollFd
    {
        public int Fd;
        public short Events;
        public short Revents;
    }
}
