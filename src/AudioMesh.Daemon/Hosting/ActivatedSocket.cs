// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Net.Sockets;

namespace AudioMesh.Daemon.Hosting;

/// <summary>The listening socket that a service manager hands over: sd_listen_fds(3).</summary>
internal static class ActivatedSocket
{
    private const int FirstDescriptor = 3;

    /// <summary>Null where none was handed over. Throws InvalidArgument when there are several, or another kind of one.</summary>
    public static SafeSocketHandle? Take()
    {
        string? pid = Environment.GetEnvironmentVariable("LISTEN_PID");
        string? count = Environment.GetEnvironmentVariable("LISTEN_FDS");
        if (count is null or "0" || pid != Environment.ProcessId.ToString(CultureInfo.InvariantCulture))
        {
            return null;
        }

        // Not for programs that this one might start.
        Environment.SetEnvironmentVariable("LISTEN_PID", null);
        Environment.SetEnvironmentVariable("LISTEN_FDS", null);
        Environment.SetEnvironmentVariable("LISTEN_FDNAMES", null);
        return count == "1" ? Open() : throw Wrong($"{count} sockets were handed over; this daemon listens on one.");
    }

    private static SafeSocketHandle Open()
    {
        SafeSocketHandle handle = new(FirstDescriptor, ownsHandle: true);
        try
        {
            // Closing this one would close the descriptor: it is only looked at.
            Socket socket = new(new SafeSocketHandle(FirstDescriptor, ownsHandle: false));
            bool listens = socket is { AddressFamily: AddressFamily.Unix, SocketType: SocketType.Stream }
                && socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.AcceptConnection) is not 0;
            return listens ? handle : throw Wrong("The socket handed over is not a listening Unix stream socket.");
        }
        catch (Exception error) when (error is SocketException or ArgumentException)
        {
            throw Wrong($"The descriptor handed over is no socket: {error.Message}");
        }
    }

    private static AudioMeshException Wrong(string message) => new(AudioErrorKind.InvalidArgument, message) { Field = "LISTEN_FDS" };
}
