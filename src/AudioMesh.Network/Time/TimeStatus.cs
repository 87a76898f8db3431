// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Time;

/// <summary>Mesh time on one host, all that <c>audiomesh time</c> shows; as JSON by <see cref="TimeStatusWriter"/>.</summary>
/// <param name="HostId">This host.</param>
/// <param name="State">Where its mesh time is from.</param>
/// <param name="MeshId">Which time scale it keeps.</param>
/// <param name="MeshTimeNs">Mesh time now, nanoseconds.</param>
/// <param name="OffsetNs">Mesh time minus this host's monotonic clock.</param>
/// <param name="RatePpm">How much faster mesh time runs at present, slewing included.</param>
/// <param name="BoundNs">How far it is from the reference's at most.</param>
/// <param name="Steps">How often it was set instead of slewed.</param>
/// <param name="ReferenceId">Whose clock defines it.</param>
/// <param name="Reason">Why that one.</param>
/// <param name="Hops">How many hosts away that is; 0 when it is this one.</param>
/// <param name="ParentId">From whom this host has it; itself when it is the reference.</param>
/// <param name="Unsolicited">Answers to nothing that was asked, of all peers, known or not.</param>
/// <param name="Peers">All that are known.</param>
public sealed record TimeStatus(
    ulong HostId,
    TimebaseState State,
    ulong MeshId,
    long MeshTimeNs,
    long OffsetNs,
    double RatePpm,
    double BoundNs,
    int Steps,
    ulong ReferenceId,
    ReferenceReason Reason,
    int Hops,
    ulong ParentId,
    long Unsolicited,
    IReadOnlyList<PeerTimeStatus> Peers);
