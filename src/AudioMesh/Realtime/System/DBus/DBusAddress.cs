// SPDX-License-Identifier: MIT
using System.Net.Sockets;

namespace AudioMesh.Realtime;

/// <summary>Server addresses ("unix:path=/run/dbus/system_bus_socket"), of which the unix transport is all a system bus uses.</summary>
internal static class DBusAddress
{
    private const string Variable = "DBUS_SYSTEM_BUS_ADDRESS";
    private const string Standard = "unix:path=/var/run/dbus/system_bus_socket";

    /// <summary>The longest path in <c>sockaddr_un</c> of Linux.</summary>
    private const int MaxPath = 107;

    /// <summary>Where the system bus listens.</summary>
    public static UnixDomainSocketEndPoint SystemBus()
    {
        string address = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } set ? set : Standard;
        foreach (string server in address.Split(';'))
        {
            string path = PathOf(server);
            if (path.Length is > 0 and <= MaxPath)
            {
                return new UnixDomainSocketEndPoint(path);
            }
        }

        throw new DBusException($"the bus address '{address}' names no Unix socket.");
    }

    /// <summary>The path, with a zero in front where it is an abstract name; empty when it is neither.</summary>
    private static string PathOf(string server)
    {
        if (!server.StartsWith("unix:", StringComparison.Ordinal))
        {
            return "";
        }

        foreach (string pair in server["unix:".Length..].Split(','))
        {
            if (pair.StartsWith("path=", StringComparison.Ordinal))
            {
                return Uri.UnescapeDataString(pair["path=".Length..]);
            }

            if (pair.StartsWith("abstract=", StringComparison.Ordinal))
            {
                return "\0" + Uri.UnescapeDataString(pair["abstract=".Length..]);
            }
        }

        return "";
    }
}
