// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using AudioMesh.Clock;
using AudioMesh.Network.Wire;

namespace AudioMesh.Network.Time;

/// <summary>
/// Mesh time on one host. It measures the clocks of its peers by two-way exchanges, agrees with them on a reference by a rule that needs no vote, and keeps
/// <see cref="Timebase"/>. It owns no socket and reads no clock: the session hands over what came and sends what is due, in this order:
/// <see cref="TryRequest"/> until it says no, then <see cref="Tick"/>. One thread, but for <see cref="Timebase"/>. Nothing is allocated for a known peer.
/// </summary>
public sealed partial class TimeService
{
    private const long TickNs = 250_000_000;

    /// <summary>Between two calls there is less than this, or this host's process or clock stood still.</summary>
    private const long GapNs = 500_000_000;

    private readonly TimeOptions _options;
    private readonly Dictionary<ulong, TimePeer> _peers = [];
    private readonly List<TimePeer> _order = [];
    private readonly TimeEvents _events = new();
    private readonly SystemFollower? _system;
    private SplitMix _random;
    private MeshTime _lastNow;
    private MeshTime _gapAt = MeshTime.Unknown;
    private long _gapNs;
    private int _nextPeer;
    private ulong _leftId;

    /// <summary>
    /// The host <paramref name="selfId"/>, of its own time as yet. Throws InvalidArgument when an option is out of range, InvalidState when the system's clock is to be
    /// followed and is not synchronised, FormatUnsupported where the system does not tell.
    /// </summary>
    public TimeService(ulong selfId, MeshTime hostNow, TimeOptions options)
    {
        options.Validate();
        _options = options;
        _random = new SplitMix(selfId);
        _lastNow = hostNow;
        _hostBirth = hostNow;
        SelfId = selfId;
        if (options.SystemClock is not null)
        {
            _system = new SystemFollower(options.SystemClock, options.TrustUnsynchronisedSystemClock, hostNow);
            _wasSynchronised = _system.IsSynchronised;
        }

        ClockMap first = _system?.MapAt(hostNow) ?? new ClockMap(hostNow.Nanoseconds, hostNow, 1);
        _slewed = new SlewedMap(first);
        Timebase = new MeshTimebase(default);
        Found(hostNow, first);
        Publish(hostNow);
    }

    /// <summary>This host's id, as its peers know it.</summary>
    public ulong SelfId { get; }

    /// <summary>What all this is for. May be read on any thread.</summary>
    public MeshTimebase Timebase { get; }

    /// <summary>Answers that repeated no nonce of ours that was open: forged, replayed, or much too late; from all peers.</summary>
    public long Unsolicited { get; private set; }

    /// <summary>
    /// Begins to measure a peer, which was authenticated; nothing happens when it is known. Throws InvalidArgument for this host's own id and
    /// LimitExceeded beyond <see cref="TimeOptions.MaxPeers"/>.
    /// </summary>
    public void AddPeer(ulong peerId, MeshTime hostNow)
    {
        if (_peers.ContainsKey(peerId))
        {
            return;
        }

        if (peerId == SelfId)
        {
            throw new AudioMeshException(AudioErrorKind.InvalidArgument, $"Peer {peerId:x16} has this host's own id.") { Field = "peer_id" };
        }

        if (_order.Count == _options.MaxPeers)
        {
            throw new AudioMeshException(AudioErrorKind.LimitExceeded, $"No time for more than {_options.MaxPeers} peers.") { Field = "max_peers" };
        }

        _leftId = _leftId == peerId ? 0 : _leftId;
        TimePeer peer = new(peerId, hostNow, _random.Next());
        _peers.Add(peerId, peer);
        _order.Add(peer);
    }

    /// <summary>
    /// Forgets a peer that left. Where it was the reference another one follows at once, whatever others still say of it; <see cref="AddPeer"/> takes it in again.
    /// </summary>
    public void RemovePeer(ulong peerId, MeshTime hostNow)
    {
        if (!_peers.Remove(peerId, out TimePeer? peer))
        {
            return;
        }

        _order.Remove(peer);
        if (peer.WasAlive)
        {
            _events.Add(TimeEventKind.PeerLost, hostNow, peerId);
        }

        _parent = _parent == peer ? null : _parent;
        _leftId = peerId;
        Elect(hostNow);
        Publish(hostNow);
    }

    /// <summary>
    /// The next request that is due, to be sent at once; ask with the clock read anew each time. False when there is none now.
    /// </summary>
    public bool TryRequest(MeshTime hostNow, out ulong peerId, out SyncRequest request)
    {
        for (int i = 0; i < _order.Count; i++)
        {
            TimePeer peer = _order[_nextPeer++ % _order.Count];
            if (peer.Schedule.Due <= hostNow)
            {
                ulong nonce = 0;
                RandomNumberGenerator.Fill(MemoryMarshal.AsBytes(new Span<ulong>(ref nonce)));
                peer.Requests.Add(nonce, hostNow);
                peer.Schedule.Sent(hostNow, peer == _parent, peer.Requests.Unanswered);
                (peerId, request) = (peer.Id, new SyncRequest(nonce));
                return true;
            }
        }

        _nextPeer %= Math.Max(1, _order.Count);
        (peerId, request) = (0, default);
        return false;
    }

    /// <summary>
    /// Answers a request of a known peer; false for others. <paramref name="arrival"/> is when it came, from the kernel where that tells, <paramref name="sending"/> the clock
    /// read as late as can be before the answer is sealed and sent.
    /// </summary>
    public bool TryAnswer(ulong peerId, in SyncRequest request, MeshTime arrival, MeshTime sending, out SyncReply reply)
    {
        if (!_peers.TryGetValue(peerId, out TimePeer? peer))
        {
            reply = default;
            return false;
        }

        ClockMap map = PublishedMap(sending);
        MeshTime seen = map.ToMesh(IsReference ? sending.Nanoseconds : _referenceHeard.Nanoseconds);
        reply = new SyncReply(
            request.Nonce, arrival, arrival > sending ? arrival : sending, peer.Requests.Count, OwnPriority, _claim.Priority, _hops, _claim.MeshId, _claim.MeshBirth, _claim.ReferenceId,
            _parentId, _birth, _claim.Birth, seen, map);
        return true;
    }

    /// <summary>
    /// Takes an answer that arrived at <paramref name="arrival"/>. True when it repeats a nonce that was asked of this peer and is still open: then, and only then,
    /// the peer has been shown to live now.
    /// </summary>
    public bool Accept(ulong peerId, in SyncReply reply, MeshTime arrival)
    {
        if (!_peers.TryGetValue(peerId, out TimePeer? peer))
        {
            Unsolicited++;
            return false;
        }

        if (!peer.Requests.TryClose(reply.Nonce, out MeshTime sent, out bool isDuplicate))
        {
            peer.Duplicates += isDuplicate ? 1 : 0;
            peer.Unsolicited += isDuplicate ? 0 : 1;
            Unsolicited += isDuplicate ? 0 : 1;
            return false;
        }

        bool jumped = peer.Take(reply, sent, arrival);
        if (!peer.WasAlive)
        {
            peer.WasAlive = true;
            _events.Add(TimeEventKind.PeerFound, arrival, peerId);
        }

        if (peer.Clock.IsInDoubt)
        {
            BurstAll(arrival); // whose clock is it? The others tell
        }

        if (jumped)
        {
            _events.Add(TimeEventKind.PeerClockJumped, arrival, peerId, peer.Clock.LastJumpNs);
            peer.Schedule.Burst(arrival);
            if (IsOwnJump(peer, arrival))
            {
                LeaveMesh(arrival, -peer.Clock.LastJumpNs);
            }
        }

        Elect(arrival);
        Publish(arrival);
        return true;
    }

    /// <summary>Whether a peer said at last that it keeps the mesh time of this host: then its timestamps mean here what they mean there.</summary>
    public bool SharesMesh(ulong peerId) => _peers.TryGetValue(peerId, out TimePeer? peer) && peer.WasHeard && peer.Reply.MeshId == _claim.MeshId;

    /// <summary>Does what is due, and answers when it wants to be called again: at most a quarter of a second later.</summary>
    public MeshTime Tick(MeshTime hostNow)
    {
        WatchOwnClock(hostNow);
        MeshTime next = hostNow.Add(TickNs);
        if (_system is not null)
        {
            next = Earlier(next, _system.Tick(hostNow));
            WatchSystemClock(hostNow);
        }

        foreach (TimePeer peer in _order)
        {
            if (peer.WasAlive && !peer.IsAlive(hostNow))
            {
                peer.WasAlive = false;
                _events.Add(TimeEventKind.PeerLost, hostNow, peer.Id);
            }

            next = Earlier(next, peer.Schedule.Due);
        }

        Elect(hostNow);
        Publish(hostNow);
        return next;
    }

    /// <summary>Takes the oldest event not taken yet, of the last 64.</summary>
    public bool TryTakeEvent(out TimeEvent taken) => _events.TryTake(out taken);

    private static MeshTime Earlier(MeshTime one, MeshTime other) => one < other ? one : other;

    private void BurstAll(MeshTime hostNow)
    {
        foreach (TimePeer peer in _order)
        {
            if (peer.IsAlive(hostNow))
            {
                peer.Schedule.Burst(hostNow);
            }
        }
    }
}
