// SPDX-License-Identifier: MIT
using AudioMesh.Control;

namespace AudioMesh.Daemon.Config;

/// <summary>Reads who may do what.</summary>
internal static class RolesReader
{
    private static readonly string[] Words = ["none", "read", "play", "record", "admin"];

    /// <summary>Throws InvalidArgument for a user or group that the system does not have.</summary>
    public static RolesConfig Read(ConfigSection section)
    {
        RolesConfig roles = new()
        {
            Others = Role(section, "others") ?? new RolesConfig().Others,
            Users = Table(section.Section("users"), "user", AccountNames.User),
            Groups = Table(section.Section("groups"), "group", AccountNames.Group),
        };
        section.Close();
        return roles;
    }

    private static Dictionary<uint, ClientRole> Table(ConfigSection section, string what, Func<string, uint?> find)
    {
        Dictionary<uint, ClientRole> roles = [];
        foreach ((string name, _) in section.Keys)
        {
            uint id = find(name) ?? throw section.At(name, $"There is no {what} '{name}'.");
            if (!roles.TryAdd(id, Role(section, name)!.Value))
            {
                throw section.At(name, $"The {what} '{name}' has a role already, by another name.");
            }
        }

        return roles;
    }

    private static ClientRole? Role(ConfigSection section, string key) => section.Choice(key, Words) is { } word ? (ClientRole)Array.IndexOf(Words, word) : null;
}
