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

        return peer.User == 0 || peer.User == LibC.geteuid() ? ClientRole.Admin : HighestOf(peer.Groups) ?? Others;
    }

    private ClientRole? HighestOf(IReadOnlyList<uint> groups)
    {
        ClientRole? highest = null;
        for (int i = 0; i < groups.Count; i++)
        {
            if (Groups.TryGetValue(groups[i], out ClientRole role) && !(highest > role))
            {
                highest = role;
            }
        }

        return highest;
    }
}
