// SPDX-License-Identifier: MIT
using AudioMesh.Network.Session;
using AudioMesh.Network.Time;
using AudioMesh.Network.Wire;

namespace AudioMesh.Cli.Meshes;

/// <summary>A session as one of its members sees it at one moment.</summary>
internal sealed record MeshLook(string Name, string Address, TimeStatus Time, IReadOnlyList<PeerStatus> Peers, IReadOnlyList<(DropCause Cause, long Count)> Drops)
{
    public static MeshLook At(ToastHost host)
    {
        DropCounters drops = host.Session.Drops;
        return new MeshLook(
            host.Session.Name,
            host.Port.LocalAddress.ToString(),
            host.Session.TimeStatus,
            host.Session.Peers,
            [.. Enum.GetValues<DropCause>().Where(cause => cause != DropCause.None && drops[cause] > 0).Select(cause => (cause, drops[cause]))]);
    }

    /// <summary>What a member calls itself; its number where that is not known.</summary>
    public string NameOf(ulong id) => id == Time.HostId ? Name : Peers.FirstOrDefault(peer => peer.Id == id)?.Name is { Length: > 0 } name ? name : id.ToString("x16");
}
