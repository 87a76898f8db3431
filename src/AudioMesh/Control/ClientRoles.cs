// SPDX-License-Identifier: MIT
using AudioMesh.Control.Server;
using AudioMesh.Interop;

namespace AudioMesh.Control;

/// <summary>
/// Who may do what, by the user and groups a client's process runs as. A user's own entry counts first. Without one, root and the user of this process are
/// admins; others have the highest role of their groups, or, where there is none, what <see cref="Others"/> says.
/// </summary>
public sealed record ClientRoles
{
    /// <summary>Roles by user id.</summary>
    public IReadOnlyDictionary<uint, ClientRole> Users { get; init; } = new Dictionary<uint, ClientRole>();

    /// <summary>Roles by group id; a client's supplementary groups count, too.</summary>
    public IReadOnlyDictionary<uint, ClientRole> Groups { get; init; } = new Dictionary<uint, ClientRole>();

    /// <summary>The role of everybody else whom the socket's mode lets in.</summary>
    public ClientRole Others { get; init; } = ClientRole.Play;

    internal ClientRole RoleOf(PeerCredentials peer)
    {
        if (Users.TryGetValue(peer.User, out ClientRole own))
        {
            return own;
        }

        ClientRole[] byGroup = [.. peer.Groups.Where(Groups.ContainsKey).Select(group => Groups[group])];
        return peer.User == 0 || peer.User == LibC.geteuid() ? ClientRole.Admin
            : byGroup.Length > 0 ? byGroup.Max()
            : Others;
    }
}
