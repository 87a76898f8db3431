// SPDX-License-Identifier: MIT
using AudioMesh.Clock;

namespace AudioMesh.Network.Time;

/// <summary>What people see of it.</summary>
public sealed partial class TimeService
{
    /// <summary>All that is known, at <paramref name="hostNow"/>. Allocates; from the thread that runs the service.</summary>
    public TimeStatus Status(MeshTime hostNow)
    {
        TimebaseReading reading = Timebase.Read();
        MeshTime meshNow = reading.Map.ToMesh(hostNow.Nanoseconds);
        List<PeerTimeStatus> peers = new(_order.Count);
        foreach (TimePeer peer in _order)
        {
            peers.Add(PeerTimeStatus.Of(peer, peer == _parent, Timebase, hostNow));
        }

        return new TimeStatus(
            SelfId,
            reading.State,
            reading.MeshId,
            meshNow.Nanoseconds,
            meshNow - hostNow,
            (reading.Map.Rate - 1) * 1e6,
            reading.Map.ErrorAt(meshNow),
            reading.Steps,
            reading.ReferenceId,
            Reason(hostNow),
            _hops,
            _parentId,
            Unsolicited,
            peers);
    }

    private ReferenceReason Reason(MeshTime hostNow)
    {
        if (_claim.MeshId == ReferenceClaim.SystemMesh && _claim.Priority == byte.MaxValue && !_lostSince.IsKnown)
        {
            return ReferenceReason.SystemClock;
        }

        if (_lostSince.IsKnown)
        {
            return ReferenceReason.LastKnown;
        }

        if (_claim.Priority > 0)
        {
            return ReferenceReason.Configured;
        }

        return IsReference && !_order.Exists(peer => peer.IsAlive(hostNow)) ? ReferenceReason.Alone : ReferenceReason.LongestLived;
    }
}
