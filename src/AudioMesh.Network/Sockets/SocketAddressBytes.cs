// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using AudioMesh.Network.Interop;

namespace AudioMesh.Network.Sockets;

/// <summary><c>struct sockaddr_in</c> and <c>sockaddr_in6</c>.</summary>
internal static class SocketAddressBytes
{
    internal const int Most = 28;
    private const int IPv4Bytes = 16;

    /// <summary>Writes <paramref name="address"/> for a socket of IPv6 or IPv4; 0 where the latter cannot reach it.</summary>
    internal static int Write(in PeerAddress address, bool isIPv6, Span<byte> bytes)
    {
        bytes.Clear();
        if (!isIPv6 && !address.IsIPv4)
        {
            return 0;
        }

        int length = isIPv6 ? Most : IPv4Bytes;
        WriteFamily(bytes, isIPv6 ? LibC.AF_INET6 : LibC.AF_INET, length);
        BinaryPrimitives.WriteUInt16BigEndian(bytes[2..], address.Port);
        if (isIPv6)
        {
            BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], address.High);
            BinaryPrimitives.WriteUInt64BigEndian(bytes[16..], address.Low);
            MemoryMarshal.Write(bytes[24..], address.ScopeId);
        }
        else
        {
            BinaryPrimitives.WriteUInt32BigEndian(bytes[4..], (uint)address.Low);
        }

        return length;
    }

    internal static PeerAddress Read(ReadOnlySpan<byte> bytes)
    {
        ushort family = OperatingSystem.IsMacOS() ? bytes[1] : MemoryMarshal.Read<ushort>(bytes);
        ushort port = BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]);
        return family == LibC.AF_INET
            ? new PeerAddress(0, 0xffff_0000_0000UL | BinaryPrimitives.ReadUInt32BigEndian(bytes[4..]), 0, port)
            : new PeerAddress(
                BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]), BinaryPrimitives.ReadUInt64BigEndian(bytes[16..]), MemoryMarshal.Read<uint>(bytes[24..]), port);
    }

    // BSD's first byte is the length.
    private static void WriteFamily(Span<byte> bytes, ushort family, int length)
    {
        if (OperatingSystem.IsMacOS())
        {
            (bytes[0], bytes[1]) = ((byte)length, (byte)family);
        }
        else
        {
            MemoryMarshal.Write(bytes, family);
        }
    }
}
