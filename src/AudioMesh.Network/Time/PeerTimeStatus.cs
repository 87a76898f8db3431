// SPDX-License-Identifier: MIT
using AudioMesh.Clock;

namespace AudioMesh.Network.Time;

/// <summary>One peer as <c>audiomesh time</c> shows it.</summary>
/// <param name="PeerId">Which.</param>
/// <param name="IsAlive">Whether it answered in the last seconds.</param>
/// <param name="IsMeasured">Whether its clock is known; else offset, rate and bound are not.</param>
/// <param name="IsParent">Whether mesh time comes from here.</param>
/// <param name="OffsetNs">The peer's monotonic clock minus this host's.</param>
/// <param name="RatePpm">How much faster it runs.</param>
/// <param name="BoundNs">How far <paramref name="OffsetNs"/> is from the truth at most.</param>
/// <param name="MeshOffsetNs">The mesh time that the peer tells minus this host's: how well the two agree. Only of the same mesh, else 0.</param>
/// <param name="MeshId">The mesh it is in.</param>
/// <param name="ReferenceId">The reference it follows.</param>
/// <param name="Hops">How many hosts it is from that.</param>
/// <param name="Priority">Its own claim to be the reference.</param>
/// <param name="AgeSeconds">Since when it has been there.</param>
/// <param name="HeardAgoMs">Since when it has been silent.</param>
/// <param name="Path">The way to it.</param>
/// <param name="Requests">Requests sent.</param>
/// <param name="Answers">Answers that proved to be ones.</param>
/// <param name="Duplicates">Answers that came again.</param>
/// <param name="Unsolicited">Answers to nothing that was asked, or not lately.</param>
/// <param name="Rejected">Exchanges that contradicted the others.</param>
/// <param name="Jumps">How often one of the two clocks jumped.</param>
public sealed record PeerTimeStatus(
    ulong PeerId,
    bool IsAlive,
    bool IsMeasured,
    bool IsParent,
    long OffsetNs,
    double RatePpm,
    double BoundNs,
    long MeshOffsetNs,
    ulong MeshId,
    ulong ReferenceId,
    int Hops,
    int Priority,
    double AgeSeconds,
    double HeardAgoMs,
    PathFacts Path,
    long Requests,
    long Answers,
    long Duplicates,
    long Unsolicited,
    long Rejected,
    int Jumps)
{
    internal static PeerTimeStatus Of(TimePeer peer, bool isParent, MeshTimebase timebase, MeshTime hostNow)
    {
        TimebaseReading here = timebase.Read();
        ClockMap map = peer.Clock.MapAt(hostNow);
        bool isMeasured = peer.Clock.IsKnown;
        bool sharesMesh = isMeasured && peer.Reply.MeshId == here.MeshId;
        MeshTime told = peer.WasHeard ? peer.Reply.Map.ToMesh(peer.Reply.Sent.Nanoseconds) : MeshTime.Unknown;
        return new PeerTimeStatus(
            peer.Id,
            peer.IsAlive(hostNow),
            isMeasured,
            isParent,
            isMeasured ? map.MeshOrigin - hostNow : 0,
            isMeasured ? (map.Rate - 1) * 1e6 : 0,
            isMeasured ? map.ErrorNs : 0,
            sharesMesh ? peer.MeshMapAt(hostNow).MeshOrigin - here.Map.ToMesh(hostNow.Nanoseconds) : 0,
            peer.Reply.MeshId,
            peer.Reply.ReferenceId,
            peer.Reply.Hops,
            peer.Reply.Priority,
            peer.WasHeard ? (told - peer.Reply.Birth) * 1e-9 : 0,
            peer.WasHeard ? (hostNow - peer.Heard) * 1e-6 : 0,
            peer.Clock.Path,
            peer.Requests.Count,
            peer.Answered,
            peer.Duplicates,
            peer.Unsolicited,
            peer.Clock.Rejected,
            peer.Clock.Jumps);
    }
}
