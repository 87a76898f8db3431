// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Graph;
using AudioMesh.Network.Media;
using AudioMesh.Network.Session;
using AudioMesh.Network.Time;

namespace AudioMesh.Cli.Demo.Live;

/// <summary>Gives the nodes of an engine the streams of one host, and keeps them to be looked at.</summary>
internal sealed class DemoExchange(ToastSession session) : IStreamExchanges, IStreamExchange
{
    /// <summary>What is heard, in the order in which it was asked for.</summary>
    public List<IncomingStream> Incoming { get; } = [];

    /// <summary>What is sent.</summary>
    public List<OutgoingStream> Outgoing { get; } = [];

    public IReadOnlyList<ParameterDescriptor> Parameters => [];

    public IStreamExchange Join(NodeArguments arguments) => this;

    public IOfferedStream Offer(StreamDescription stream)
    {
        Outgoing.Add(session.Offer(stream.Name, stream.Rate, stream.Channels, stream.BlockFrames, stream.Encoding, stream.Redundancy));
        return new Offered(session, Outgoing[^1]);
    }

    public ISubscribedStream Subscribe(StreamSubscription subscription)
    {
        Incoming.Add(session.Subscribe(new SubscriptionOptions
        {
            Peer = subscription.Peer,
            Stream = subscription.Stream,
            OutputRate = subscription.OutputRate,
            OutputChannels = subscription.OutputChannels,
            MinDepthMs = subscription.MinDepthMs,
            MaxDepthMs = subscription.MaxDepthMs,
            Predicts = subscription.Predicts,
        }));
        return new Subscribed(Incoming[^1]);
    }

    public ParameterValue? Get(string parameter) => null;

    // The host is the demo's.
    public void Dispose()
    {
    }

    private sealed class Offered(ToastSession session, OutgoingStream stream) : IOfferedStream
    {
        public StreamSender Sender => stream.Sender;

        public int Listeners => stream.TargetCount;

        public ClockMap HostToMesh
        {
            get
            {
                TimebaseReading reading = session.Timebase.Read();
                return reading.State == TimebaseState.Acquiring ? default : reading.Map;
            }
        }

        public void Dispose() => stream.Dispose();
    }

    private sealed class Subscribed(IncomingStream stream) : ISubscribedStream
    {
        public StreamReceiver? Receiver => stream.Receiver;

        public string Peer => "";

        public string Stream => stream.Offer?.Name ?? "";

        public void Dispose() => stream.Dispose();
    }
}
