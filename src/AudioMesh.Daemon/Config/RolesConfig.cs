// SPDX-License-Identifier: MIT
using AudioMesh.Control;

namespace AudioMesh.Daemon.Config;

/// <summary>Who may do what, by the numbers of users and groups.</summary>
internal sealed record RolesConfig
{
    public ClientRole Others { get; init; } = new ClientRoles().Others;

    public IReadOnlyDictionary<uint, ClientRole> Users { get; init; } = new Dictionary<uint, ClientRole>();

    public IReadOnlyDictionary<uint, ClientRole> Groups { get; init; } = new Dictionary<uint, ClientRole>();

    /// <summary>The same as a server takes it.</summary>
    public ClientRoles Roles => new() { Users = Users, Groups = Groups, Others = Others };

    public bool Equals(RolesConfig? other) =>
        other is not null && Others == other.Others && Same(Users, other.Users) && Same(Groups, other.Groups);

    public override int GetHashCode() => HashCode.Combine(Others, Users.Count, Groups.Count);

    private static bool Same(IReadOnlyDictionary<uint, ClientRole> some, IReadOnlyDictionary<uint, ClientRole> others) =>
        some.Count == others.Count && some.All(role => others.TryGetValue(role.Key, out ClientRole other) && other == role.Value);
}
