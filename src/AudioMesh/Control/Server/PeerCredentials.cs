// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace AudioMesh.Control.Server;

/// <summary>Who is at the other end of a Unix socket, as the kernel says: SO_PEERCRED and SO_PEERGROUPS (unix(7), socket(7)), LOCAL_PEERCRED on macOS.</summary>
internal sealed record PeerCredentials(uint User, IReadOnlyList<uint> Groups, int Process)
{
    private const int SocketLevel = 1;
    private const int PeerCredentialsOption = 17;
    private const int PeerGroupsOption = 59;
    private const int MostGroups = 1024;

    /// <summary>The first is the one the process makes files with.</summary>
    public uint Group => Groups[0];

    /// <summary>Asks the kernel. Throws PermissionDenied when it does not say.</summary>
    public static PeerCredentials Of(Socket socket)
    {
        try
        {
            return OperatingSystem.IsMacOS() ? OfMacOS(socket) : OfLinux(socket);
        }
        catch (SocketException error)
        {
            throw new AudioMeshException(AudioErrorKind.PermissionDenied, $"The system does not say who connects: {error.Message}", error);
        }
    }

    private static PeerCredentials OfLinux(Socket socket)
    {
        // struct ucred: pid, uid, gid.
        Span<byte> credentials = stackalloc byte[12];
        socket.GetRawSocketOption(SocketLevel, PeerCredentialsOption, credentials);
        uint group = BinaryPrimitives.ReadUInt32LittleEndian(credentials[8..]);
        return new PeerCredentials(
            BinaryPrimitives.ReadUInt32LittleEndian(credentials[4..]),
            [group, .. SupplementaryGroups(socket).Where(other => other != group)],
            BinaryPrimitives.ReadInt32LittleEndian(credentials));
    }

    // Kernels before 4.13 do not know them.
    private static uint[] SupplementaryGroups(Socket socket)
    {
        byte[] groups = new byte[MostGroups * sizeof(uint)];
        try
        {
            int bytes = socket.GetRawSocketOption(SocketLevel, PeerGroupsOption, groups);
            return MemoryMarshal.Cast<byte, uint>(groups.AsSpan(0, bytes)).ToArray();
        }
        catch (SocketException)
        {
            return [];
        }
    }

    private static PeerCredentials OfMacOS(Socket socket)
    {
        // SOL_LOCAL, LOCAL_PEERCRED; struct xucred: version, uid, short ngroups, 16 groups. LOCAL_PEERPID.
        Span<byte> credentials = stackalloc byte[76];
        socket.GetRawSocketOption(0, 1, credentials);
        Span<byte> process = stackalloc byte[sizeof(int)];
        socket.GetRawSocketOption(0, 2, process);
        int count = Math.Clamp((int)BinaryPrimitives.ReadInt16LittleEndian(credentials[8..]), 1, 16);
        return new PeerCredentials(
            BinaryPrimitives.ReadUInt32LittleEndian(credentials[4..]),
            MemoryMarshal.Cast<byte, uint>(credentials.Slice(12, count * sizeof(uint))).ToArray(),
            BinaryPrimitives.ReadInt32LittleEndian(process));
    }
}
