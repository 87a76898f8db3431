// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Network.Wire;

namespace AudioMesh.Network.Hub;

/// <summary>Who joins a hub, and with what.</summary>
public sealed record HubClientOptions
{
    /// <summary>Who this is, to the others in the hub: 1 to 63 bytes of UTF-8.</summary>
    public required string Name { get; init; }

    /// <summary>The name of the hub; empty for any that is there.</summary>
    public string Hub { get; init; } = "";

    /// <summary>Channels that will be sent, 0 to 64; joining waits for <see cref="HubClient.Offer"/> where it is not 0.</summary>
    public int SendChannels { get; init; } = 2;

    /// <summary>Channels of the mix, 0 to 64; joining waits for <see cref="HubClient.Listen"/> where it is not 0.</summary>
    public int MixChannels { get; init; } = 2;

    /// <summary>How the mix is to travel.</summary>
    public SampleEncoding MixEncoding { get; init; } = SampleEncoding.Float32;

    /// <summary>What is to be sent with the mix against loss.</summary>
    public Redundancy MixRedundancy { get; init; }

    /// <summary>This host's monotonic clock.</summary>
    public Func<MeshTime> HostClock { get; init; } = static () => MeshClock.Now;
}
