// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Network.Media;
using AudioMesh.Network.Sockets;
using AudioMesh.Network.Time;
using AudioMesh.Network.Wire;

namespace AudioMesh.Network.Session;

/// <content>Streams out and in.</content>
public sealed partial class ToastSession
{
    private readonly List<OutgoingStream> _outgoing = [];
    private readonly List<IncomingStream> _incoming = [];
    private readonly RetiredParts _retired = new();
    private readonly List<PeerAddress> _targets = [];
    private Dictionary<(ulong Owner, uint StreamId), IncomingRoute[]> _routes = [];
    private uint _lastStreamId;
    private bool _haveStreamsChanged;
    private IReadOnlyList<StreamReceiver>? _receivers;

    /// <summary>The receivers of all streams that were asked for and found: what is to be trained. The same list as long as it has not changed.</summary>
    public IReadOnlyList<StreamReceiver> Receivers
    {
        get
        {
            lock (_gate)
            {
                return _receivers ??= [.. _incoming.Select(stream => stream.Receiver).OfType<StreamReceiver>()];
            }
        }
    }

    /// <summary>
    /// Offers a stream of blocks of <paramref name="blockFrames"/>, to all who want it, or by multicast to <paramref name="group"/>. Throws InvalidArgument, FormatUnsupported (Opus at
    /// that rate), LibraryMissing (Opus without libopus) and LimitExceeded.
    /// </summary>
    public OutgoingStream Offer(
        string name, int rate, int channels, int blockFrames, SampleEncoding encoding = SampleEncoding.Float32, Redundancy redundancy = default, PeerAddress? group = null)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_hasLeft, this);
            if (_outgoing.Exists(stream => !stream.IsDirected && stream.Offer.Name == name))
            {
                throw new AudioMeshException(AudioErrorKind.InvalidArgument, $"There is a stream '{name}' already.") { Field = "stream" };
            }

            OutgoingStream stream = Add(name, rate, channels, blockFrames, encoding, redundancy, group, isDirected: false);
            try
            {
                _ = CurrentAnnounce().Write(EnvelopeSealer.BodyOf(_buffer));
            }
            catch
            {
                stream.Dispose();
                throw;
            }

            AnnounceSoon();
            RefreshTargets(_options.HostClock());
            return stream;
        }
    }

    /// <summary>Wants a stream, which need not be there yet; the same one may be wanted more than once, and be heard in different ways. Throws InvalidArgument, LimitExceeded.</summary>
    public IncomingStream Subscribe(SubscriptionOptions options)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_hasLeft, this);
            if (_incoming.Count(stream => !stream.IsDirected) == AnnounceBody.MostWishes)
            {
                throw new AudioMeshException(AudioErrorKind.LimitExceeded, $"No more than {AnnounceBody.MostWishes} streams can be wanted.");
            }

            IncomingStream stream = new(this, options);
            _incoming.Add(stream);
            _haveStreamsChanged = true;
            return stream;
        }
    }

    /// <summary>
    /// Makes receivers for streams that were found, and gives back what nobody uses any more: what must not hold up the network's thread. To be called every few milliseconds, on one thread
    /// without realtime priority.
    /// </summary>
    public void Maintain()
    {
        MeshTime hostNow = _options.HostClock();
        List<(IncomingStream Stream, SessionPeer Peer, StreamOffer Offer)>? found = null;
        lock (_gate)
        {
            _retired.Collect(hostNow);
            if (!_haveStreamsChanged)
            {
                return;
            }

            _haveStreamsChanged = false;
            foreach (IncomingStream stream in _incoming)
            {
                Match(stream, hostNow, ref found);
            }
        }

        if (found is not null)
        {
            foreach ((IncomingStream stream, SessionPeer peer, StreamOffer offer) in found)
            {
                if (TryReceive(stream, peer, offer, hostNow) is { } receiver)
                {
                    Join(stream, peer, new IncomingRoute(peer.Id, offer, receiver, _options.DatagramBytes), hostNow);
                }
            }
        }
    }

    internal void Withdraw(OutgoingStream stream)
    {
        lock (_gate)
        {
            if (_outgoing.Remove(stream) && !_hasLeft && !stream.IsDirected)
            {
                AnnounceSoon();
            }
        }
    }

    internal void Unsubscribe(IncomingStream stream)
    {
        lock (_gate)
        {
            if (!_incoming.Remove(stream))
            {
                return;
            }

            IncomingRoute? route = stream.Route;
            Leave(stream);
            bool isLast = route is not null && Find(route.Owner, route.Offer.StreamId) is null;
            if (isLast && !stream.IsDirected && !_hasLeft && _peers.TryGetValue(route!.Owner, out SessionPeer? peer))
            {
                SendTo(peer.Address, MessageType.Unsubscribe, SubscribeBody.Write(EnvelopeSealer.BodyOf(_buffer), new StreamWish(route.Owner, route.Offer.StreamId)));
            }

            _retired.Add(stream.Exchange(null), _options.HostClock());
            _receivers = null;
        }
    }

    private DropCause TakeMedia(in EnvelopeHeader header, ReadOnlySpan<byte> body, MeshTime arrival)
    {
        if (!_opener.IsProven(header.Sender))
        {
            return DropCause.NotProven;
        }

        if (header.Type == MessageType.Parity)
        {
            return !ParityBody.TryRead(body, out ParityBody parity, out ReadOnlySpan<byte> sum) ? DropCause.BadBody
                : Find(header.Sender, parity.StreamId) is not { } restored ? DropCause.NoSuchStream
                : TakeParity(restored, parity, sum, arrival);
        }

        ReadOnlySpan<byte> first = body;
        return !AudioBody.TryRead(ref first, out AudioPacketHeader packet, out _) ? DropCause.BadBody
            : Find(header.Sender, packet.StreamId) is not { } routes ? DropCause.NoSuchStream
            : TakeAudio(routes, body, arrival) ? DropCause.None
            : DropCause.BadBody;
    }

    private static bool TakeAudio(IncomingRoute[] routes, ReadOnlySpan<byte> body, MeshTime arrival)
    {
        bool isSound = true;
        foreach (IncomingRoute route in routes)
        {
            isSound &= route.TakeAudio(body, arrival);
        }

        return isSound;
    }

    private static DropCause TakeParity(IncomingRoute[] routes, in ParityBody parity, ReadOnlySpan<byte> sum, MeshTime arrival)
    {
        foreach (IncomingRoute route in routes)
        {
            route.TakeParity(parity, sum, arrival);
        }

        return DropCause.None;
    }

    private IncomingRoute[]? Find(ulong owner, uint streamId) => Volatile.Read(ref _routes).GetValueOrDefault((owner, streamId));

    private void Join(IncomingStream stream, SessionPeer peer, IncomingRoute route, MeshTime hostNow)
    {
        lock (_gate)
        {
            if (_hasLeft || !_incoming.Contains(stream) || stream.Route is not null)
            {
                if (stream.Receiver != route.Receiver)
                {
                    route.Receiver.Dispose();
                }

                return;
            }

            StreamReceiver? before = stream.Exchange(route.Receiver);
            if (before != route.Receiver)
            {
                _retired.Add(before, hostNow);
                _receivers = null;
            }

            stream.Route = route;
            (ulong Owner, uint StreamId) key = (route.Owner, route.Offer.StreamId);
            Volatile.Write(ref _routes, new(_routes) { [key] = [.. _routes.GetValueOrDefault(key, []), route] });
            Tell(SessionEventKind.StreamFound, hostNow, peer, route.Offer.Name);
            if (!stream.IsDirected)
            {
                SendTo(peer.Address, MessageType.Subscribe, SubscribeBody.Write(EnvelopeSealer.BodyOf(_buffer), new StreamWish(route.Owner, route.Offer.StreamId)));
                AnnounceSoon();
            }
        }
    }

    private void Leave(IncomingStream stream)
    {
        if (stream.Route is not { } route)
        {
            return;
        }

        (ulong Owner, uint StreamId) key = (route.Owner, route.Offer.StreamId);
        Dictionary<(ulong Owner, uint StreamId), IncomingRoute[]> routes = new(_routes) { [key] = [.. _routes[key].Where(other => other != route)] };
        if (routes[key].Length == 0)
        {
            routes.Remove(key);
        }

        Volatile.Write(ref _routes, routes);
        stream.Route = null;
    }

    private void AnnounceSoon() => _announceAt = _options.HostClock();

    private void PeersChanged(MeshTime hostNow)
    {
        _haveStreamsChanged = true;
        RefreshTargets(hostNow);
    }

    private void RefreshTargets(MeshTime hostNow)
    {
        foreach (OutgoingStream stream in _outgoing)
        {
            _targets.Clear();
            if (stream.Group is { } group)
            {
                _targets.Add(group);
            }
            else if (stream.IsDirected)
            {
                if (_peers.TryGetValue(stream.PeerId, out SessionPeer? receiver) && receiver.IsListenedTo)
                {
                    _targets.Add(receiver.Address);
                }
            }
            else
            {
                foreach (SessionPeer peer in _peers.Values)
                {
                    if (peer.Wants(stream.Offer.StreamId, hostNow))
                    {
                        _targets.Add(peer.Address);
                    }
                }
            }

            stream.SendTo(_targets);
        }
    }

    private void GiveTimebase()
    {
        TimebaseReading reading = Timebase.Read();
        foreach (IncomingRoute[] routes in _routes.Values)
        {
            foreach (IncomingRoute route in routes)
            {
                bool isShared = reading.State != TimebaseState.Acquiring && _time.SharesMesh(route.Owner);
                route.Receiver.UseTimebase(isShared ? reading.Map : default);
            }
        }
    }

    private void DisposeStreams()
    {
        foreach (IncomingStream stream in _incoming)
        {
            stream.Exchange(null)?.Dispose();
        }

        _retired.Dispose();
    }
}
