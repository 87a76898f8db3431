// SPDX-License-Identifier: MIT
using AudioMesh.Clock;

namespace AudioMesh.Network.Time;

/// <summary>The four timestamps of a two-way exchange (RFC 5905, section 8).</summary>
/// <param name="Sent">This host's clock when the request was sent.</param>
/// <param name="PeerReceived">The peer's clock when it came there.</param>
/// <param name="PeerSent">The peer's clock when the answer was sent.</param>
/// <param name="Received">This host's clock when that came.</param>
public readonly record struct SyncExchange(MeshTime Sent, MeshTime PeerReceived, MeshTime PeerSent, MeshTime Received)
{
    /// <summary>Time on the way, both ways together, nanoseconds.</summary>
    public long RoundTripNs => Received - Sent - (PeerSent - PeerReceived);

    /// <summary>This host's clock half way.</summary>
    public MeshTime HostMiddle => Sent.Add((Received - Sent) / 2);

    /// <summary>The peer's.</summary>
    public MeshTime PeerMiddle => PeerReceived.Add((PeerSent - PeerReceived) / 2);
}
