// SPDX-License-Identifier: MIT
using AudioMesh.Clock;

namespace AudioMesh.Network.Registry;

/// <summary>How a registry tells who has gone.</summary>
public sealed record ServiceRegistryOptions
{
    /// <summary>So long after its host was seen last a service is listed.</summary>
    public int ExpiryMs { get; init; } = 10_000;

    /// <summary>This host's monotonic clock.</summary>
    public Func<MeshTime> HostClock { get; init; } = static () => MeshClock.Now;
}
