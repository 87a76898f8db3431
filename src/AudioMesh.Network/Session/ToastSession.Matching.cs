// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Network.Media;
using AudioMesh.Network.Wire;

namespace AudioMesh.Network.Session;

/// <content>Which stream is the one that was asked for.</content>
public sealed partial class ToastSession
{
    private void Match(IncomingStream stream, MeshTime hostNow, ref List<(IncomingStream Stream, SessionPeer Peer, StreamOffer Offer)>? found)
    {
        if (IsPresent(stream, out (SessionPeer Peer, StreamOffer Offer)? best))
        {
            return;
        }

        if (stream.Route is not null)
        {
            if (_peers.TryGetValue(stream.Route.Owner, out SessionPeer? owner))
            {
                Tell(SessionEventKind.StreamLost, hostNow, owner, stream.Route.Offer.Name);
            }

            Leave(stream);
        }

        if (best is { } chosen && !stream.HasRefused(chosen.Offer))
        {
            (found ??= []).Add((stream, chosen.Peer, chosen.Offer));
        }
    }

    private bool IsPresent(IncomingStream stream, out (SessionPeer Peer, StreamOffer Offer)? best)
    {
        best = null;
        if (stream.IsDirected)
        {
            return IsPromised(stream, ref best);
        }

        foreach (SessionPeer peer in _peers.Values)
        {
            bool isMeant = peer.IsProven && (stream.Options.Peer.Length == 0 || stream.Options.Peer == peer.Name);
            StreamOffer? offer = !isMeant ? null
                : peer.Offers.FirstOrDefault(offer => stream.Options.Stream.Length == 0 || stream.Options.Stream == offer.Name);
            bool isPresent = offer is not null && stream.Route is { } route && route.Owner == peer.Id && route.Offer == offer;
            if (isPresent)
            {
                return true;
            }

            best = offer is not null && !peer.IsLost && best is null ? (peer, offer) : best;
        }

        return false;
    }

    // What a peer offers may be more than this machine can: without libopus, no Opus.
    private StreamReceiver? TryReceive(IncomingStream stream, SessionPeer peer, StreamOffer offer, MeshTime hostNow)
    {
        try
        {
            StreamReceiver receiver = ReceiverFor(stream, offer);
            stream.Refuse(null, null);
            return receiver;
        }
        catch (AudioMeshException failure)
        {
            lock (_gate)
            {
                stream.Refuse(offer, failure);
                Tell(SessionEventKind.StreamRefused, hostNow, peer, offer.Name);
            }

            return null;
        }
    }

    // A receiver that fits goes on: it takes a stream that begins anew for what it is.
    private static StreamReceiver ReceiverFor(IncomingStream stream, StreamOffer offer)
    {
        SubscriptionOptions options = stream.Options;
        if (stream.Receiver is { } present && present.Options.Channels == offer.Channels
            && present.Options.Rate == offer.Rate && present.Options.ChannelsPerLane == offer.ChannelsPerLane
            && present.Options.Encoding == offer.Encoding && present.Options.PacketFrames >= offer.Frames)
        {
            return present;
        }

        return new StreamReceiver(new StreamReceiverOptions
        {
            Channels = offer.Channels,
            Rate = offer.Rate,
            ChannelsPerLane = offer.ChannelsPerLane,
            Encoding = offer.Encoding,
            PacketFrames = offer.Frames,
            OutputRate = options.OutputRate == 0 ? offer.Rate : options.OutputRate,
            OutputChannels = options.OutputChannels == 0 ? offer.Channels : options.OutputChannels,
            MinDepthMs = options.MinDepthMs,
            MaxDepthMs = options.MaxDepthMs,
            LateSharePerMs = options.LateSharePerMs,
            Predicts = options.Predicts,
            Profile = options.Profile,
        });
    }
}
