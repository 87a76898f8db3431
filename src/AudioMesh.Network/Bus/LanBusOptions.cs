// SPDX-License-Identifier: MIT
using AudioMesh.Clock;

namespace AudioMesh.Network.Bus;

/// <summary>The clocks of a <see cref="LanBus"/>, and who runs it.</summary>
public sealed record LanBusOptions
{
    /// <summary>The system's clock, nanoseconds since 1970, for stamps.</summary>
    public Func<long> UtcClock { get; init; } = static () => (DateTime.UtcNow - DateTime.UnixEpoch).Ticks * 100;

    /// <summary>This host's monotonic clock, that of the session.</summary>
    public Func<MeshTime> HostClock { get; init; } = static () => MeshClock.Now;

    /// <summary>Called when <see cref="LanBus.Pump"/> has something to do before it wanted to be called. Any thread, under locks: it only notes that.</summary>
    public Action? Wake { get; init; }
}
