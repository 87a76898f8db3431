// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Network.Sockets;
using AudioMesh.Network.Time;
using AudioMesh.Network.Wire;

namespace AudioMesh.Network.Session;

/// <summary>Who takes part in a session, and how.</summary>
public sealed record ToastSessionOptions
{
    /// <summary>Who this is, to people: up to 63 bytes of UTF-8. Peers subscribe to its streams by this name.</summary>
    public required string Name { get; init; }

    /// <summary>This run of the program in the session: <see cref="SenderIdentity.CreateRandom"/>.</summary>
    public required SenderIdentity Identity { get; init; }

    /// <summary>Addresses that are told of this member until they answer, and then on: other members, or a hub.</summary>
    public IReadOnlyList<PeerAddress> Contacts { get; init; } = [];

    /// <summary>A multicast group on which members find each other; null for none. The port has to hear it.</summary>
    public PeerAddress? DiscoveryGroup { get; init; }

    /// <summary>The longest datagram, <see cref="DatagramSize.Least"/> to <see cref="DatagramSize.Most"/>.</summary>
    public int DatagramBytes { get; init; } = DatagramSize.Default;

    /// <summary>Members known at the same time, at most, 1 to 4096.</summary>
    public int MaxPeers { get; init; } = 256;

    /// <summary>What this member can do besides.</summary>
    public Capabilities Capabilities { get; init; }

    /// <summary>How it takes part in mesh time.</summary>
    public TimeOptions Time { get; init; } = new();

    /// <summary>This host's monotonic clock, read once more when an answer about time leaves.</summary>
    public Func<MeshTime> HostClock { get; init; } = static () => MeshClock.Now;
}
