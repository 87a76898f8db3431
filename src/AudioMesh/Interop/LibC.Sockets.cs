// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace AudioMesh.Interop;

internal static unsafe partial class LibC
{
    public const int SCM_RIGHTS = 1;
    public const int MSG_PEEK = 2;
    public const int LOCK_EX = 2;
    public const int LOCK_NB = 4;
    public const int EPIPE = 32;

    /// <summary>Bytes that hold any path realpath answers with.</summary>
    public const int PathBytes = 4096;

    public static int SOL_SOCKET => OperatingSystem.IsMacOS() ? 0xFFFF : 1;

    public static int MSG_DONTWAIT => OperatingSystem.IsMacOS() ? 0x80 : 0x40;

    public static int MSG_CTRUNC => OperatingSystem.IsMacOS() ? 0x20 : 0x8;

    /// <summary>macOS has no such flag and ignores none: there it is 0.</summary>
    public static int MSG_CMSG_CLOEXEC => OperatingSystem.IsMacOS() ? 0 : 0x40000000;

    public static int MSG_NOSIGNAL => OperatingSystem.IsMacOS() ? 0x80000 : 0x4000;

    [LibraryImport(Library, SetLastError = true)]
    public static partial nint recvmsg(int fd, MsgHdr* message, int flags);

    [LibraryImport(Library, SetLastError = true)]
    public static partial nint sendmsg(int fd, MsgHdr* message, int flags);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int pipe(int* ends);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int flock(int fd, int operation);

    /// <summary>A user or group of uint.MaxValue stays as it is.</summary>
    [LibraryImport(Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int chown(string path, uint user, uint group);

    /// <summary><paramref name="resolved"/> has <see cref="PathBytes"/> of room.</summary>
    [LibraryImport(Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial byte* realpath(string path, byte* resolved);

    /// <summary>Answers 0 or the error itself; <paramref name="found"/> is null when there is no such group.</summary>
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int getgrnam_r(string name, Group* group, byte* buffer, nuint bytes, Group** found);

    /// <summary><c>struct iovec</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct IoVec
    {
        public void* Base;
        public nuint Bytes;
    }

    /// <summary><c>struct msghdr</c> of the 64-bit little-endian systems we run on; only the flags lie elsewhere on macOS.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 56)]
    public struct MsgHdr
    {
        [FieldOffset(0)]
        public void* Name;

        [FieldOffset(8)]
        public uint NameBytes;

        [FieldOffset(16)]
        public IoVec* Vectors;

        [FieldOffset(24)]
        public uint VectorCount;

        [FieldOffset(32)]
        public void* Control;

        [FieldOffset(40)]
        public uint ControlBytes;

        [FieldOffset(44)]
        public int FlagsOnMacOS;

        [FieldOffset(48)]
        public int FlagsElsewhere;

        public readonly int Flags => OperatingSystem.IsMacOS() ? FlagsOnMacOS : FlagsElsewhere;
    }

    /// <summary><c>struct group</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Group
    {
        public byte* Name;
        public byte* Password;
        public uint Id;
        public byte** Members;
    }
}
