// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace AudioMesh.Interop;

/// <summary>The control message that carries descriptors across a Unix socket: <c>struct cmsghdr</c> with SCM_RIGHTS (unix(7), cmsg(3)).</summary>
internal static class RightsMessage
{
    /// <summary>Bytes that hold a message with <paramref name="count"/> descriptors.</summary>
    public static int BytesFor(int count) => Align(Header + (count * sizeof(int)));

    // The length is a size_t in an 8-byte word on Linux, and a 4-byte one on macOS.
    private static int Header => OperatingSystem.IsMacOS() ? 12 : 16;

    /// <summary>Writes one message; answers its length.</summary>
    public static int Write(Span<byte> control, ReadOnlySpan<int> descriptors)
    {
        int length = Header + (descriptors.Length * sizeof(int));
        control[..BytesFor(descriptors.Length)].Clear();
        MemoryMarshal.Write(control, (uint)length);
        MemoryMarshal.Write(control[(Header - 8)..], LibC.SOL_SOCKET);
        MemoryMarshal.Write(control[(Header - 4)..], LibC.SCM_RIGHTS);
        MemoryMarshal.AsBytes(descriptors).CopyTo(control[Header..]);
        return BytesFor(descriptors.Length);
    }

    /// <summary>Reads the descriptors of all messages in <paramref name="control"/>, which now belong to the caller; answers how many there are.</summary>
    public static int Read(ReadOnlySpan<byte> control, Span<int> descriptors)
    {
        int count = 0;
        while (control.Length >= Header)
        {
            int length = (int)Math.Min(MemoryMarshal.Read<uint>(control), (uint)control.Length);
            if (length < Header)
            {
                break;
            }

            if (MemoryMarshal.Read<int>(control[(Header - 8)..]) == LibC.SOL_SOCKET && MemoryMarshal.Read<int>(control[(Header - 4)..]) == LibC.SCM_RIGHTS)
            {
                ReadOnlySpan<int> rights = MemoryMarshal.Cast<byte, int>(control[Header..length]);
                rights.CopyTo(descriptors[count..]);
                count += rights.Length;
            }

            control = control[Math.Min(Align(length), control.Length)..];
        }

        return count;
    }

    private static int Align(int bytes) => OperatingSystem.IsMacOS() ? (bytes + 3) & ~3 : (bytes + 7) & ~7;
}
