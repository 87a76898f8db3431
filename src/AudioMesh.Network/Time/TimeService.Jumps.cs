// SPDX-License-Identifier: MIT
using AudioMesh.Clock;

namespace AudioMesh.Network.Time;

/// <summary>Whose clock it was that jumped.</summary>
public sealed partial class TimeService
{
    /// <summary>A monotonic clock that goes back has been set; smaller than this is the order of calls.</summary>
    private const long BackNs = 1_000_000;

    /// <summary>Evidence of jumps is put together for so long.</summary>
    private const long EvidenceNs = 2_000_000_000;

    /// <summary>Peers that count this host as gone still ask it once a second.</summary>
    private const double SlowestRequestNs = 1e9;

    private const uint FewestRequests = 4;

    /// <summary>
    /// For hosts that learn from their system that they were suspended or that their clock was set: this host leaves the mesh and comes back as its youngest. It
    /// finds out by itself too, a little later.
    /// </summary>
    public void HostClockJumped(MeshTime hostNow)
    {
        LeaveMesh(hostNow, 0);
        Publish(hostNow);
    }

    private void WatchOwnClock(MeshTime hostNow)
    {
        long passedNs = hostNow - _lastNow;
        _lastNow = hostNow;
        if (passedNs < -BackNs)
        {
            LeaveMesh(hostNow, passedNs);
        }
        else if (passedNs > GapNs)
        {
            (_gapAt, _gapNs) = (hostNow, passedNs);
        }
    }

    /// <summary>
    /// A jump between two clocks is of either. The others tell, where there are any: this host's clock jumped against all of them, or only the one against this.
    /// Of two alone: when the peer's clock gained, and the peer meanwhile sent as many requests as it would in that time, this host was
    /// asleep; when this host's gained, and it had not been called for as long, its clock was set. Else it was the peer's.
    /// </summary>
    private bool IsOwnJump(TimePeer jumped, MeshTime hostNow)
    {
        int agree = 0, disagree = 0;
        foreach (TimePeer peer in _order)
        {
            if (peer != jumped && peer.IsAlive(hostNow))
            {
                bool jumpedToo = peer.Clock.IsInDoubt || (peer.JumpedAt.IsKnown && hostNow - peer.JumpedAt < EvidenceNs);
                bool agreedSince = peer.AgreedAt.IsKnown && jumped.DoubtedAt.IsKnown && peer.AgreedAt > jumped.DoubtedAt;
                agree += jumpedToo ? 1 : 0;
                disagree += agreedSince && !jumpedToo ? 1 : 0;
            }
        }

        if (agree + disagree > 0)
        {
            return agree > disagree;
        }

        long jumpNs = jumped.Clock.LastJumpNs;
        if (jumpNs < 0)
        {
            return _gapAt.IsKnown && hostNow - _gapAt < EvidenceNs && _gapNs >= -jumpNs / 2;
        }

        uint requests = jumped.Reply.Requests - jumped.PeerRequestsBefore;
        return requests < int.MaxValue && requests >= Math.Max(FewestRequests, jumpNs / SlowestRequestNs / 2);
    }

    /// <summary>What this host knew of mesh time is void: it founds a mesh of its own, the youngest of all, and will soon join the old one.</summary>
    private void LeaveMesh(MeshTime hostNow, long jumpNs)
    {
        _events.Add(TimeEventKind.HostClockJumped, hostNow, 0, jumpNs);
        foreach (TimePeer peer in _order)
        {
            peer.Forget(hostNow);
        }

        _gapAt = MeshTime.Unknown;
        if (_system is null)
        {
            _hostBirth = hostNow;
            _acquiringUntil = _order.Count > 0 ? hostNow.Add(TimePeer.LostAfterNs) : MeshTime.Unknown;
            Found(hostNow, new ClockMap(hostNow.Nanoseconds, _slewed.Map.ToMesh(hostNow.Nanoseconds), 1));
        }
    }
}
