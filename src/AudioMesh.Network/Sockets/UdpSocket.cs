// SPDX-License-Identifier: MIT
using System.Net;
using System.Net.Sockets;
using AudioMesh.Network.Interop;

namespace AudioMesh.Network.Sockets;

/// <summary>Opens the sockets of a <see cref="UdpPort"/> and sets what may be set.</summary>
internal static class UdpSocket
{
    private const int ExpeditedForwarding = 46 << 2;
    private const int IPv6Level = 41;

    /// <summary>The socket that sends, and hears what is sent to its own address. Throws as <see cref="UdpPort"/> says.</summary>
    internal static Socket Open(UdpPortOptions options)
    {
        Socket socket = new(options.Bind.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            if (options.Bind.AddressFamily == AddressFamily.InterNetworkV6)
            {
                socket.DualMode = options.Bind.Address.Equals(IPAddress.IPv6Any);
            }

            SetBuffers(socket, options.BufferBytes);
            Try(() => socket.Bind(options.Bind), options.Bind);
            SetMulticast(socket, options);
            SetTimestamps(socket);
            socket.Blocking = false;
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>A socket that hears one group, together with whoever else does.</summary>
    internal static Socket OpenGroup(UdpPortOptions options, IPEndPoint group)
    {
        if (group.AddressFamily != options.Bind.AddressFamily || !IsMulticast(group.Address))
        {
            throw new AudioMeshException(AudioErrorKind.InvalidArgument, $"{group} is no multicast group for a port at {options.Bind}.");
        }

        Socket socket = new(group.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            SetBuffers(socket, options.BufferBytes);
            Try(
                () =>
                {
                    socket.Bind(group);
                    Join(socket, options.Bind.Address, group.Address);
                },
                group);
            SetTimestamps(socket);
            socket.Blocking = false;
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Asks routers to hurry (DSCP EF, RFC 3246); false where the system does not let us.</summary>
    internal static bool TryExpedite(Socket socket)
    {
        try
        {
            if (socket.AddressFamily == AddressFamily.InterNetworkV6)
            {
                socket.SetRawSocketOption(IPv6Level, OperatingSystem.IsMacOS() ? 36 : 67, BitConverter.GetBytes(ExpeditedForwarding));
            }
            else
            {
                socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.TypeOfService, ExpeditedForwarding);
            }

            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static bool IsMulticast(IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetworkV6 ? address.IsIPv6Multicast : (address.GetAddressBytes()[0] & 0xF0) == 0xE0;

    private static void Join(Socket socket, IPAddress here, IPAddress group)
    {
        if (group.AddressFamily == AddressFamily.InterNetworkV6)
        {
            socket.SetSocketOption(SocketOptionLevel.IPv6, SocketOptionName.AddMembership, new IPv6MulticastOption(group, InterfaceOf(here)));
        }
        else
        {
            socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.AddMembership, new MulticastOption(group, here));
        }
    }

    private static void SetMulticast(Socket socket, UdpPortOptions options)
    {
        if (socket.AddressFamily == AddressFamily.InterNetworkV6)
        {
            socket.SetSocketOption(SocketOptionLevel.IPv6, SocketOptionName.MulticastTimeToLive, options.MulticastHops);
            socket.SetSocketOption(SocketOptionLevel.IPv6, SocketOptionName.MulticastInterface, (int)InterfaceOf(options.Bind.Address));
        }
        else
        {
            socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.MulticastTimeToLive, options.MulticastHops);
            socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.MulticastInterface, options.Bind.Address.GetAddressBytes());
        }
    }

    private static long InterfaceOf(IPAddress address)
    {
        if (address.ScopeId != 0 || address.Equals(IPAddress.IPv6Any))
        {
            return address.ScopeId;
        }

        foreach (System.Net.NetworkInformation.NetworkInterface candidate in System.Net.NetworkInformation.NetworkInterface.GetAllNetworkInterfaces())
        {
            System.Net.NetworkInformation.IPInterfaceProperties properties = candidate.GetIPProperties();
            if (properties.UnicastAddresses.Any(unicast => unicast.Address.Equals(address)))
            {
                return properties.GetIPv6Properties().Index;
            }
        }

        return 0;
    }

    private static void SetBuffers(Socket socket, int bytes)
    {
        socket.ReceiveBufferSize = bytes;
        socket.SendBufferSize = bytes;
        TryRaw(socket, LibC.SO_RCVBUFFORCE, bytes);
    }

    private static void SetTimestamps(Socket socket) => TryRaw(socket, LibC.SO_TIMESTAMPNS, 1);

    // The numbers are Linux's; what is refused there is done without.
    private static void TryRaw(Socket socket, int option, int value)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        try
        {
            socket.SetRawSocketOption(LibC.SOL_SOCKET, option, BitConverter.GetBytes(value));
        }
        catch (SocketException)
        {
        }
    }

    private static void Try(Action bind, IPEndPoint endPoint)
    {
        try
        {
            bind();
        }
        catch (SocketException e)
        {
            AudioErrorKind kind = e.SocketErrorCode switch
            {
                SocketError.AddressAlreadyInUse => AudioErrorKind.DeviceBusy,
                SocketError.AccessDenied => AudioErrorKind.PermissionDenied,
                SocketError.AddressNotAvailable => AudioErrorKind.NotFound,
                _ => AudioErrorKind.DeviceUnavailable,
            };
            throw new AudioMeshException(kind, $"{endPoint} cannot be heard at: {e.Message}.", e);
        }
    }
}
