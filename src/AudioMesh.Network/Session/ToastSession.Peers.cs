// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Network.Sockets;
using AudioMesh.Network.Wire;

namespace AudioMesh.Network.Session;

/// <content>The other members: who is there, who lives, who has gone.</content>
public sealed partial class ToastSession
{
    private const int MostEvents = 256;

    private readonly Dictionary<ulong, SessionPeer> _peers = [];
    private readonly Queue<SessionEvent> _events = new();
    private readonly List<ulong> _forgotten = [];

    /// <summary>All members that are known, by name.</summary>
    public IReadOnlyList<PeerStatus> Peers
    {
        get
        {
            lock (_gate)
            {
                MeshTime hostNow = _options.HostClock();
                return [.. _peers.Values.Select(peer => peer.Status(hostNow)).OrderBy(peer => peer.Name, StringComparer.Ordinal).ThenBy(peer => peer.Id)];
            }
        }
    }

    /// <summary>Whether a member is there: proved itself, and was heard lately.</summary>
    internal bool IsThere(ulong peerId)
    {
        lock (_gate)
        {
            return _peers.TryGetValue(peerId, out SessionPeer? peer) && peer.IsListenedTo;
        }
    }

    /// <summary>Takes the oldest event not taken yet, of the last 256.</summary>
    public bool TryTakeEvent([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out SessionEvent? taken)
    {
        lock (_gate)
        {
            return _events.TryDequeue(out taken);
        }
    }

    /// <summary>
    /// Sends a JSON object to a member, or to all (<see cref="ControlBody.Everybody"/>). False where it is not there. It may get lost: who needs to know asks for an answer.
    /// Throws Protocol where it is no JSON object, LimitExceeded where it does not fit a datagram.
    /// </summary>
    public bool SendControl(ulong peerId, ReadOnlySpan<byte> json)
    {
        lock (_gate)
        {
            int bytes = ControlBody.Write(EnvelopeSealer.BodyOf(_buffer), peerId, json);
            if (peerId == ControlBody.Everybody)
            {
                SendToPeers(MessageType.Control, bytes);
                return _peers.Count > 0;
            }

            if (!_peers.TryGetValue(peerId, out SessionPeer? peer) || !peer.IsListenedTo)
            {
                return false;
            }

            SendTo(peer.Address, MessageType.Control, bytes);
            return true;
        }
    }

    private SessionPeer? Hear(ulong id, in PeerAddress from, MeshTime arrival)
    {
        if (_peers.TryGetValue(id, out SessionPeer? peer))
        {
            peer.Hear(from, arrival);
            return peer;
        }

        if (_peers.Count >= _options.MaxPeers && !MakeRoom(arrival))
        {
            return null;
        }

        peer = new SessionPeer(id, from, arrival);
        _peers.Add(id, peer);
        _time.AddPeer(id, arrival);
        SendRequests();
        return peer;
    }

    // Half-open joins keep nobody out: of those that never answered, the one that was silent longest goes. Who is there answers within a round trip.
    private bool MakeRoom(MeshTime hostNow)
    {
        SessionPeer? victim = null;
        foreach (SessionPeer peer in _peers.Values)
        {
            if (!peer.IsProven && (victim is null || peer.Heard < victim.Heard))
            {
                victim = peer;
            }
        }

        if (victim is not null)
        {
            Forget(victim, hostNow);
        }

        return victim is not null;
    }

    private DropCause Answer(SessionPeer peer, in PeerAddress from, ReadOnlySpan<byte> body, MeshTime arrival)
    {
        if (!SyncRequest.TryRead(body, out SyncRequest request))
        {
            return DropCause.BadBody;
        }

        if (_time.TryAnswer(peer.Id, request, arrival, _options.HostClock(), out SyncReply reply))
        {
            reply.Write(EnvelopeSealer.BodyOf(_buffer));
            SendTo(from, MessageType.SyncReply, SyncReply.Bytes);
        }

        return DropCause.None;
    }

    private DropCause TakeAnswer(SessionPeer peer, in PeerAddress from, ReadOnlySpan<byte> body, MeshTime arrival)
    {
        if (!SyncReply.TryRead(body, out SyncReply reply))
        {
            return DropCause.BadBody;
        }

        if (!_time.Accept(peer.Id, reply, arrival))
        {
            return DropCause.None;
        }

        bool isNew = !peer.IsProven;
        _opener.Prove(peer.Id);
        if (peer.Prove(from))
        {
            Tell(SessionEventKind.PeerMoved, arrival, peer);
        }

        if (isNew || peer.IsLost)
        {
            peer.IsLost = false;
            Tell(isNew ? SessionEventKind.PeerFound : SessionEventKind.PeerReturned, arrival, peer);
            SendTo(from, MessageType.Announce, CurrentAnnounce().Write(EnvelopeSealer.BodyOf(_buffer)));
            PeersChanged(arrival);
        }

        return DropCause.None;
    }

    private DropCause TakeAnnounce(SessionPeer peer, ReadOnlySpan<byte> body, MeshTime arrival)
    {
        if (!AnnounceBody.TryRead(body, out AnnounceBody? announce))
        {
            return DropCause.BadBody;
        }

        if (peer.Update(announce!, Id, arrival) && peer.IsProven)
        {
            Tell(SessionEventKind.OffersChanged, arrival, peer);
        }

        PeersChanged(arrival);
        return DropCause.None;
    }

    private DropCause TakeWish(SessionPeer peer, ReadOnlySpan<byte> body, MeshTime arrival, bool wants)
    {
        if (!SubscribeBody.TryRead(body, out StreamWish wish))
        {
            return DropCause.BadBody;
        }

        if (wish.Owner != Id || !_outgoing.Exists(stream => !stream.IsDirected && stream.Offer.StreamId == wish.StreamId))
        {
            return DropCause.NoSuchStream;
        }

        if (wants)
        {
            peer.Wish(wish.StreamId, arrival);
        }
        else
        {
            peer.Unwish(wish.StreamId);
        }

        RefreshTargets(arrival);
        return DropCause.None;
    }

    private DropCause TakeLeave(SessionPeer peer, MeshTime arrival)
    {
        if (!peer.IsProven)
        {
            return DropCause.NotProven;
        }

        Tell(SessionEventKind.PeerLeft, arrival, peer);
        Forget(peer, arrival);
        return DropCause.None;
    }

    private DropCause TakeControl(SessionPeer peer, ReadOnlySpan<byte> body)
    {
        if (!ControlBody.TryRead(body, out ulong receiver, out ReadOnlySpan<byte> json))
        {
            return DropCause.BadBody;
        }

        if (!peer.IsProven)
        {
            return DropCause.NotProven;
        }

        if (receiver == Id || receiver == ControlBody.Everybody)
        {
            Control?.Take(peer.Id, peer.Name, json);
        }

        return DropCause.None;
    }

    private void WatchPeers(MeshTime hostNow)
    {
        foreach (SessionPeer peer in _peers.Values)
        {
            if (peer.IsForgotten(hostNow))
            {
                _forgotten.Add(peer.Id);
            }
            else if (peer.IsProven && peer.HasGoneSilent(hostNow))
            {
                peer.IsLost = true;
                Tell(SessionEventKind.PeerLost, hostNow, peer);
                PeersChanged(hostNow);
            }
        }

        foreach (ulong id in _forgotten)
        {
            Forget(_peers[id], hostNow);
        }

        _forgotten.Clear();
    }

    private void Forget(SessionPeer peer, MeshTime hostNow)
    {
        _peers.Remove(peer.Id);
        _time.RemovePeer(peer.Id, hostNow);
        _opener.Forget(peer.Id);
        PeersChanged(hostNow);
    }

    // Where it was heard and where it is known to be may differ: whence it answers is where it is.
    private void SendRequests()
    {
        while (_time.TryRequest(_options.HostClock(), out ulong id, out SyncRequest request))
        {
            SessionPeer peer = _peers[id];
            request.Write(EnvelopeSealer.BodyOf(_buffer));
            SendTo(peer.HeardFrom, MessageType.SyncRequest, SyncRequest.Bytes);
            if (peer.HeardFrom != peer.Address)
            {
                request.Write(EnvelopeSealer.BodyOf(_buffer));
                SendTo(peer.Address, MessageType.SyncRequest, SyncRequest.Bytes);
            }
        }
    }

    private void AnnounceToAll(MeshTime hostNow)
    {
        int bytes = CurrentAnnounce().Write(EnvelopeSealer.BodyOf(_buffer));
        SendToAll(MessageType.Announce, bytes);
    }

    private AnnounceBody CurrentAnnounce() => new(
        _options.Name,
        _options.Capabilities,
        [.. _outgoing.Where(stream => !stream.IsDirected).Select(stream => stream.Offer)],
        [.. _incoming.Where(stream => !stream.IsDirected).Select(stream => stream.Route).OfType<IncomingRoute>().Select(route => new StreamWish(route.Owner, route.Offer.StreamId))]);

    private void SendToAll(MessageType type, int bodyBytes)
    {
        ReadOnlySpan<byte> datagram = _buffer.AsSpan(0, _sealer.Seal(type, _buffer, bodyBytes));
        foreach (PeerAddress contact in _options.Contacts)
        {
            _port.Send(contact, datagram);
        }

        if (_options.DiscoveryGroup is { } group)
        {
            _port.Send(group, datagram);
        }

        foreach (SessionPeer peer in _peers.Values)
        {
            if (peer.IsProven && !_options.Contacts.Contains(peer.Address))
            {
                _port.Send(peer.Address, datagram);
            }
        }
    }

    private void SendToPeers(MessageType type, int bodyBytes)
    {
        ReadOnlySpan<byte> datagram = _buffer.AsSpan(0, _sealer.Seal(type, _buffer, bodyBytes));
        foreach (SessionPeer peer in _peers.Values)
        {
            if (peer.IsListenedTo)
            {
                _port.Send(peer.Address, datagram);
            }
        }
    }

    private void Tell(SessionEventKind kind, MeshTime hostNow, SessionPeer peer, string stream = "")
    {
        if (_events.Count == MostEvents)
        {
            _events.Dequeue();
        }

        _events.Enqueue(new SessionEvent(kind, hostNow, peer.Id, peer.Name, peer.Address, stream));
    }
}
