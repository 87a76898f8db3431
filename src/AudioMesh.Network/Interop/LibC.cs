// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace AudioMesh.Network.Interop;

/// <summary>What datagrams need of the C library, names as in its headers, structs as on 64-bit Linux. What keeps errno keeps it for <see cref="LastError"/>.</summary>
internal static unsafe partial class LibC
{
    /// <summary>The runtime itself maps this to libc.so.6, musl or libSystem.</summary>
    private const string Library = "libc";

    public const short POLLIN = 1;
    public const int EINTR = 4;
    public const int EAGAIN_LINUX = 11;
    public const int ENOBUFS_LINUX = 105;
    public const int EAGAIN_MACOS = 35;
    public const int ENOBUFS_MACOS = 55;
    public const int MSG_TRUNC = 0x20;
    public const int SOL_SOCKET = 1;
    public const int SO_RCVBUFFORCE = 33;
    public const int SO_TIMESTAMPNS = 35;
    public const int CLOCK_REALTIME = 0;

    public static int MSG_DONTWAIT => OperatingSystem.IsMacOS() ? 0x80 : 0x40;

    public static ushort AF_INET => 2;

    public static ushort AF_INET6 => (ushort)(OperatingSystem.IsMacOS() ? 30 : 10);

    /// <summary>errno of the last call on this thread that keeps it.</summary>
    public static int LastError => Marshal.GetLastPInvokeError();

    [LibraryImport(Library, SetLastError = true)]
    public static partial nint sendto(int socket, void* bytes, nuint count, int flags, void* address, uint addressBytes);

    [LibraryImport(Library, SetLastError = true)]
    public static partial nint recvfrom(int socket, void* bytes, nuint count, int flags, void* address, uint* addressBytes);

    /// <summary>Linux only.</summary>
    [LibraryImport(Library, SetLastError = true)]
    public static partial int recvmmsg(int socket, MMsgHdr* messages, uint count, int flags, TimeSpec* timeout);

    /// <summary>Linux only.</summary>
    [LibraryImport(Library, SetLastError = true)]
    public static partial int ppoll(PollFd* fds, nuint count, TimeSpec* timeout, void* signals);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int poll(PollFd* fds, nuint count, int timeoutMs);

    [LibraryImport(Library)]
    public static partial int clock_gettime(int clock, TimeSpec* time);

    /// <summary><c>struct timespec</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct TimeSpec
    {
        public long Seconds;
        public long Nanoseconds;
    }

    /// <summary><c>struct pollfd</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct PollFd
    {
        public int Fd;
        public short Events;
        public short Revents;
    }

    /// <summary><c>struct iovec</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct IoVec
    {
        public void* Base;
        public nuint Length;
    }

    /// <summary><c>struct msghdr</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct MsgHdr
    {
        public void* Name;
        public uint NameBytes;
        public IoVec* Vectors;
        public nuint VectorCount;
        public void* Control;
        public nuint ControlBytes;
        public int Flags;
    }

    /// <summary><c>struct mmsghdr</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct MMsgHdr
    {
        public MsgHdr Header;
        public uint Received;
    }

    /// <summary><c>struct cmsghdr</c>; its data follows.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct CMsgHdr
    {
        public nuint Bytes;
        public int Level;
        public int Type;
    }
}
