// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace AudioMesh.Network.Sockets;

/// <summary>An IP address and port as a value, so that it is kept and compared without allocating; IPv4 as mapped into IPv6.</summary>
/// <param name="High">The first eight bytes of the IPv6 address, big endian.</param>
/// <param name="Low">The last eight.</param>
/// <param name="ScopeId">The interface of a link-local address, else 0.</param>
/// <param name="Port">The UDP port.</param>
public readonly record struct PeerAddress(ulong High, ulong Low, uint ScopeId, ushort Port)
{
    private const ulong MappedPrefix = 0xffff_0000_0000;

    /// <summary>Whether it is an IPv4 address.</summary>
    public bool IsIPv4 => High == 0 && Low >> 32 == MappedPrefix >> 32;

    /// <summary>The address of <paramref name="endPoint"/>. Throws InvalidArgument where it is neither IPv4 nor IPv6.</summary>
    public static PeerAddress From(IPEndPoint endPoint)
    {
        if (endPoint.AddressFamily is not (AddressFamily.InterNetwork or AddressFamily.InterNetworkV6))
        {
            throw new AudioMeshException(AudioErrorKind.InvalidArgument, $"{endPoint} is no IP address.");
        }

        Span<byte> bytes = stackalloc byte[16];
        endPoint.Address.MapToIPv6().TryWriteBytes(bytes, out _);
        uint scope = endPoint.AddressFamily == AddressFamily.InterNetworkV6 ? (uint)endPoint.Address.ScopeId : 0;
        return new PeerAddress(
            BinaryPrimitives.ReadUInt64BigEndian(bytes), BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]), scope, (ushort)endPoint.Port);
    }

    /// <summary>The same for .NET's sockets. Allocates.</summary>
    public IPEndPoint ToEndPoint()
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, High);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], Low);
        IPAddress address = IsIPv4 ? new IPAddress(bytes[12..]) : new IPAddress(bytes, ScopeId);
        return new IPEndPoint(address, Port);
    }

    /// <inheritdoc/>
    public override string ToString() => ToEndPoint().ToString();
}
