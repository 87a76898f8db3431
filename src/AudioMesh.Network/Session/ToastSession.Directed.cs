// SPDX-License-Identifier: MIT
using AudioMesh.Network.Media;
using AudioMesh.Network.Sockets;
using AudioMesh.Network.Wire;

namespace AudioMesh.Network.Session;

/// <content>Streams between two members that are announced to nobody: they tell each other by control messages.</content>
public sealed partial class ToastSession
{
    /// <summary>
    /// A stream for one other member, whom <see cref="OutgoingStream.DirectTo"/> names; it is sent as long as that one is there. Its receiver has to be told of
    /// <see cref="OutgoingStream.Offer"/>. Throws as <see cref="Offer"/>; LimitExceeded: there are as many as members may be known.
    /// </summary>
    public OutgoingStream OfferDirected(
        string name, int rate, int channels, int blockFrames, SampleEncoding encoding = SampleEncoding.Float32, Redundancy redundancy = default)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_hasLeft, this);
            CheckRoom(_outgoing.Count(stream => stream.IsDirected));
            return Add(name, rate, channels, blockFrames, encoding, redundancy, group: null, isDirected: true);
        }
    }

    /// <summary>
    /// Hears a stream that one other member sends to this one alone, once <see cref="IncomingStream.DirectFrom"/> says which. Names in <paramref name="options"/> are without meaning.
    /// LimitExceeded: there are as many as members may be known.
    /// </summary>
    public IncomingStream ExpectDirected(SubscriptionOptions options)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_hasLeft, this);
            CheckRoom(_incoming.Count(stream => stream.IsDirected));
            IncomingStream stream = new(this, options, isDirected: true);
            _incoming.Add(stream);
            return stream;
        }
    }

    internal void Direct(OutgoingStream stream, ulong peerId)
    {
        lock (_gate)
        {
            if (stream.PeerId != peerId)
            {
                stream.PeerId = peerId;
                RefreshTargets(_options.HostClock());
            }
        }
    }

    internal void Direct(IncomingStream stream, ulong owner, StreamOffer? offer)
    {
        lock (_gate)
        {
            _haveStreamsChanged |= stream.Promise != (owner, offer);
            stream.Promise = (owner, offer);
        }
    }

    private bool IsPromised(IncomingStream stream, ref (SessionPeer Peer, StreamOffer Offer)? best)
    {
        (ulong owner, StreamOffer? offer) = stream.Promise;
        if (offer is null || !_peers.TryGetValue(owner, out SessionPeer? peer) || !peer.IsProven)
        {
            return false;
        }

        best = (peer, offer);
        return stream.Route is { } route && route.Owner == owner && route.Offer == offer;
    }

    private OutgoingStream Add(
        string name, int rate, int channels, int blockFrames, SampleEncoding encoding, Redundancy redundancy, PeerAddress? group, bool isDirected)
    {
        StreamSenderOptions options = new()
        {
            StreamId = ++_lastStreamId,
            Channels = channels,
            Rate = rate,
            BlockFrames = blockFrames,
            Encoding = encoding,
            Redundancy = redundancy,
            DatagramBytes = _options.DatagramBytes,
        };
        OutgoingStream stream = new(this, _port, _options.Identity, name, options, group) { IsDirected = isDirected };
        _outgoing.Add(stream);
        return stream;
    }

    private void CheckRoom(int count)
    {
        if (count >= _options.MaxPeers)
        {
            throw new AudioMeshException(AudioErrorKind.LimitExceeded, $"No more than {_options.MaxPeers} streams can be directed.") { Allowed = $"{_options.MaxPeers}" };
        }
    }
}
