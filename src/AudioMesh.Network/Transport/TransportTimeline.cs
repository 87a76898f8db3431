// SPDX-License-Identifier: MIT
using AudioMesh.Clock;

namespace AudioMesh.Network.Transport;

/// <summary>What a mesh plays: since when, from which frame, or where it stands. Who comes late falls in with it.</summary>
/// <param name="Id">The order that made it.</param>
/// <param name="IsRolling">Whether it moves.</param>
/// <param name="At">Since when, mesh time.</param>
/// <param name="Frame">The frame heard then.</param>
/// <param name="Rate">Frames per second.</param>
/// <param name="MeshId">The time scale of <paramref name="At"/>; see <see cref="Time.TimebaseReading.MeshId"/>.</param>
/// <param name="CountInBeats">Beats clicked before.</param>
/// <param name="MaxBoundNs">How far a host's mesh time may be from the reference's at most, to take part.</param>
/// <param name="Hosts">Who takes part; everybody where empty.</param>
public sealed record TransportTimeline(
    ulong Id, bool IsRolling, MeshTime At, long Frame, int Rate, ulong MeshId, int CountInBeats, double MaxBoundNs, IReadOnlyList<string> Hosts)
{
    /// <summary>The frame heard at a time, and parts of one. Before it began to roll: what would lie before.</summary>
    public double FrameAt(MeshTime time) => IsRolling ? Frame + ((time - At) * 1e-9 * Rate) : Frame;

    /// <summary>Whether <paramref name="host"/> takes part.</summary>
    public bool Includes(string host) => Hosts.Count == 0 || Hosts.Contains(host);
}
