// SPDX-License-Identifier: MIT
using AudioMesh.Clock;

namespace AudioMesh.Network.Bus;

/// <summary>A run of another host.</summary>
internal sealed record NatsPeer(long Run, BusPeer Peer)
{
    private const long LostAfterNs = 3_500_000_000;

    public bool IsLost(MeshTime now) => now - Peer.LastHeard > LostAfterNs;
}
