// SPDX-License-Identifier: MIT
using AudioMesh.Clock;

namespace AudioMesh.Network.Time;

/// <summary>Who is the reference, and what is taken from it.</summary>
public sealed partial class TimeService
{
    /// <summary>How long an older peer has to take a lost reference's place.</summary>
    private const long GraceNs = 2_500_000_000;

    /// <summary>A better reference takes over from a present one when it has its rate to a fraction of a ppm.</summary>
    private const long MatureNs = 60_000_000_000;

    /// <summary>Another way to the same reference must be better by this to be taken.</summary>
    private const double BetterBy = 0.7;

    private readonly SlewedMap _slewed;
    private TimePeer? _parent;
    private ReferenceClaim _claim;
    private ClockMap _own;
    private ClockMap _held;
    private ulong _parentId;
    private byte _hops;
    private MeshTime _hostBirth;
    private MeshTime _birth;
    private MeshTime _referenceHeard;
    private MeshTime _lockedSince = MeshTime.Unknown;
    private MeshTime _lostSince = MeshTime.Unknown;
    private MeshTime _acquiringUntil = MeshTime.Unknown;
    private ulong _meshes;
    private int _steps;
    private bool _wasSynchronised;

    /// <summary>Whether this host's clock defines mesh time.</summary>
    public bool IsReference => _claim.ReferenceId == SelfId;

    private byte OwnPriority => _system is not null ? byte.MaxValue : (byte)_options.ReferencePriority;

    private ReferenceClaim OwnClaim => new(_claim.MeshId, _claim.MeshBirth, SelfId, OwnPriority, _birth);

    /// <summary>A mesh of this host's own, whose time is <paramref name="map"/>.</summary>
    private void Found(MeshTime hostNow, ClockMap map)
    {
        ulong meshId = _system is not null ? ReferenceClaim.SystemMesh : new SplitMix(SelfId + _meshes++).Next();
        _own = map;
        _birth = map.ToMesh(_hostBirth.Nanoseconds);
        _claim = new ReferenceClaim(meshId, map.MeshOrigin, SelfId, OwnPriority, _birth);
        BecomeReference(hostNow);
    }

    private void Elect(MeshTime hostNow)
    {
        if (_system is not null)
        {
            return;
        }

        TimePeer? best = BestPeer(hostNow, out ClockMap bestMap);
        if (best is not null && Follows(best, bestMap.MeshOrigin, hostNow))
        {
            Follow(best, bestMap, hostNow);
        }
        else if (!IsReference)
        {
            bool isLost = best is null || best.Claim.ReferenceId != _claim.ReferenceId;
            if (isLost && !_lostSince.IsKnown)
            {
                _lostSince = hostNow;
                _events.Add(TimeEventKind.HoldoverBegan, hostNow, _claim.ReferenceId);
            }

            if (MayTakeOver(hostNow, isLost))
            {
                TakeOver(hostNow);
            }
        }
    }

    private bool Follows(TimePeer best, MeshTime bestMeshNow, MeshTime hostNow)
    {
        if (best.Claim.Precedes(OwnClaim, bestMeshNow, MeshNow(hostNow)))
        {
            return true;
        }

        bool isPresent = best.Claim.MeshId == _claim.MeshId && best.Claim.ReferenceId == _claim.ReferenceId;
        return isPresent && !(_lockedSince.IsKnown && hostNow - _lockedSince >= MatureNs);
    }

    private TimePeer? BestPeer(MeshTime hostNow, out ClockMap bestMap)
    {
        TimePeer? best = null;
        bestMap = default;
        foreach (TimePeer peer in _order)
        {
            if (peer.IsUsable(hostNow) && peer.Reply.ParentId != SelfId && peer.Reply.ReferenceId != SelfId && peer.Reply.ReferenceId != _leftId)
            {
                ClockMap map = peer.MeshMapAt(hostNow);
                if (best is null || IsBetter(peer, map, best, bestMap))
                {
                    (best, bestMap) = (peer, map);
                }
            }
        }

        return best;
    }

    private bool IsBetter(TimePeer peer, ClockMap map, TimePeer best, ClockMap bestMap)
    {
        if (peer.Claim != best.Claim)
        {
            return peer.Claim.Precedes(best.Claim, map.MeshOrigin, bestMap.MeshOrigin);
        }

        double mine = map.ErrorNs * (peer == _parent ? BetterBy : 1);
        return mine < bestMap.ErrorNs * (best == _parent ? BetterBy : 1);
    }

    private void Follow(TimePeer peer, ClockMap map, MeshTime hostNow)
    {
        ReferenceClaim claim = peer.Claim;
        bool isOtherMesh = claim.MeshId != _claim.MeshId;
        if (isOtherMesh)
        {
            _events.Add(TimeEventKind.MeshJoined, hostNow, claim.ReferenceId, map.MeshOrigin - _slewed.Map.ToMesh(hostNow.Nanoseconds));
            long birth = map.ToMesh(_hostBirth.Nanoseconds).Nanoseconds;
            _birth = new MeshTime(Math.Max(birth, claim.MeshBirth.Nanoseconds + 1));
            _lockedSince = MeshTime.Unknown;
        }
        else if (claim.ReferenceId != _claim.ReferenceId)
        {
            _events.Add(TimeEventKind.ReferenceChanged, hostNow, claim.ReferenceId);
        }
        else if (_lostSince.IsKnown)
        {
            _events.Add(TimeEventKind.HoldoverEnded, hostNow, claim.ReferenceId);
        }

        _parent = peer;
        _claim = claim;
        _held = map;
        _parentId = peer.Id;
        _hops = (byte)(peer.Reply.Hops + 1);
        _referenceHeard = peer.ReferenceHeard;
        _lockedSince = _lockedSince.IsKnown ? _lockedSince : hostNow;
        _lostSince = _acquiringUntil = MeshTime.Unknown;
    }

    /// <summary>
    /// Nobody better is left, or comes forward in time: with nobody else there at all, there is nobody to be a reference for.
    /// </summary>
    private bool MayTakeOver(MeshTime hostNow, bool isLost)
    {
        bool isAnyoneThere = false, isElderThere = false;
        MeshTime meshNow = MeshNow(hostNow);
        foreach (TimePeer peer in _order)
        {
            if (peer.IsAlive(hostNow))
            {
                isAnyoneThere = true;
                isElderThere |= peer.Reply.MeshId == _claim.MeshId && peer.OwnClaim.Precedes(OwnClaim, meshNow, meshNow);
            }
        }

        return isAnyoneThere && (!isLost || !isElderThere || hostNow - _lostSince > GraceNs);
    }

    /// <summary>Mesh time goes on as this host last knew it, by definition exact from now on.</summary>
    private void TakeOver(MeshTime hostNow)
    {
        ClockMap known = MapAging.At(_held, hostNow);
        _own = new ClockMap(known.SourceOrigin, known.MeshOrigin, known.Rate);
        _claim = OwnClaim;
        BecomeReference(hostNow);
        _events.Add(TimeEventKind.ReferenceChanged, hostNow, SelfId);
    }

    private void BecomeReference(MeshTime hostNow)
    {
        _parent = null;
        _parentId = SelfId;
        _hops = 0;
        _referenceHeard = hostNow;
        _lockedSince = _lostSince = MeshTime.Unknown;
    }

    private MeshTime MeshNow(MeshTime hostNow) => PublishedMap(hostNow).ToMesh(hostNow.Nanoseconds);

    /// <summary>What this host knows of mesh time, and tells the others: where it is the reference the definition, which has no error however old; else with its origin now.</summary>
    private ClockMap PublishedMap(MeshTime hostNow) =>
        _system is not null ? _system.MapAt(hostNow) : IsReference ? _own : MapAging.At(_held, hostNow);

    private void Publish(MeshTime hostNow)
    {
        ClockMap known = PublishedMap(hostNow);
        known = new ClockMap(hostNow.Nanoseconds, known.ToMesh(hostNow.Nanoseconds), known.Rate, known.ErrorNs, known.RateError);
        double doubtNs = _parent?.Clock.DoubtNs ?? 0;
        long steppedNs = _slewed.Follow(known, hostNow, doubtNs);
        if (steppedNs != 0)
        {
            _steps++;
            _events.Add(TimeEventKind.Stepped, hostNow, _claim.ReferenceId, steppedNs);
        }

        Timebase.Write(new TimebaseReading(_slewed.Map, StateAt(hostNow), _claim.MeshId, _claim.ReferenceId, _steps));
    }

    private TimebaseState StateAt(MeshTime hostNow)
    {
        if (_system is not null)
        {
            return _system.IsSynchronised || _options.TrustUnsynchronisedSystemClock ? TimebaseState.Locked : TimebaseState.Holdover;
        }

        if (!IsReference)
        {
            return _lostSince.IsKnown ? TimebaseState.Holdover : TimebaseState.Locked;
        }

        bool isNew = _acquiringUntil.IsKnown && hostNow < _acquiringUntil;
        return isNew || IsSomebodyBetterNear(hostNow) ? TimebaseState.Acquiring : TimebaseState.Local;
    }

    private bool IsSomebodyBetterNear(MeshTime hostNow)
    {
        foreach (TimePeer peer in _order)
        {
            if (peer.IsAlive(hostNow) && !peer.Clock.IsKnown && peer.Reply.MeshId != _claim.MeshId
                && peer.Claim.Precedes(OwnClaim, peer.Reply.Map.ToMesh(peer.Reply.Sent.Nanoseconds), MeshNow(hostNow)))
            {
                return true;
            }
        }

        return false;
    }

    private void WatchSystemClock(MeshTime hostNow)
    {
        bool isSynchronised = _system!.IsSynchronised;
        if (isSynchronised != _wasSynchronised)
        {
            _events.Add(isSynchronised ? TimeEventKind.SystemClockFound : TimeEventKind.SystemClockLost, hostNow);
            _wasSynchronised = isSynchronised;
        }
    }
}
