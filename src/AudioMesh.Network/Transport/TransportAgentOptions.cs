// SPDX-License-Identifier: MIT
using AudioMesh.Clock;

namespace AudioMesh.Network.Transport;

/// <summary>How a host takes part in a transport that is shared.</summary>
public sealed record TransportAgentOptions
{
    /// <summary>Whether it falls in with what the mesh plays, when it comes late or comes back.</summary>
    public bool FallsIn { get; init; } = true;

    /// <summary>How far the transport may run from where it should be before it is said to have strayed, milliseconds.</summary>
    public double MostErrorMs { get; init; } = 10;

    /// <summary>What is done when it has strayed.</summary>
    public TransportRelocation Relocates { get; init; }

    /// <summary>This host's monotonic clock.</summary>
    public Func<MeshTime> HostClock { get; init; } = static () => MeshClock.Now;

    /// <summary>This host's wall clock, nanoseconds since 1970.</summary>
    public Func<long> UtcClock { get; init; } = static () => (DateTime.UtcNow - DateTime.UnixEpoch).Ticks * 100;
}
