// SPDX-License-Identifier: MIT
namespace AudioMesh.Control.Server;

/// <summary>The role each command takes; one that is not listed takes an admin.</summary>
internal static class CommandRoles
{
    private static readonly HashSet<string> ForReaders = new(StringComparer.Ordinal)
    {
        "ping", "describe", "list", "get", "graph", "latency", "stats", "clock", "subscribe", "drivers", "devices", "device", "port_connections", "clients",
    };

    private static readonly HashSet<string> ForPlayers = new(StringComparer.Ordinal)
    {
        "create_node", "destroy_node", "connect", "disconnect", "set", "restore", "batch", "backend",
    };

    public static ClientRole Of(string command) =>
        ForReaders.Contains(command) ? ClientRole.Read : ForPlayers.Contains(command) ? ClientRole.Play : ClientRole.Admin;
}
