// SPDX-License-Identifier: MIT
using AudioMesh.Backends;
using AudioMesh.Clock;
using AudioMesh.Engine;
using AudioMesh.Graph;
using AudioMesh.Network.Media;
using AudioMesh.Network.Media.Nodes;
using AudioMesh.Network.Wire;

namespace AudioMesh.Network.Tests.Media;

public class ToastNodeTests
{
    [Test]
    public void A_tone_goes_through_sink_and_source_of_an_engine()
    {
        Exchange exchange = new();
        NodeCatalogue nodes = NodeCatalogue.CreateDefault().Add(ToastSinkNode.CreateType(exchange)).Add(ToastSourceNode.CreateType(exchange));
        using AudioEngine engine = new(new AudioEngineOptions { Nodes = nodes });
        int tone = engine.CreateNode("tone", new Dictionary<string, ParameterValue>()).Id;
        int sink = engine.CreateNode("toast_sink", new Dictionary<string, ParameterValue> { ["channels"] = 1 }).Id;
        int source = engine.CreateNode("toast_source", new Dictionary<string, ParameterValue> { ["channels"] = 1, ["depth_min"] = 20 }).Id;
        int meter = engine.CreateNode("meter", new Dictionary<string, ParameterValue> { ["channels"] = 1 }).Id;
        engine.Connect(tone, sink);
        engine.Connect(source, meter);
        engine.OpenDevice("null", new StreamRequest { Rate = 48000, PeriodFrames = 256 });
        engine.Start();
        bool heard = SpinWait.SpinUntil(() => Value(engine, source, "state") == "playing" && Number(engine, source, "packets") > 100, TimeSpan.FromSeconds(20));
        Assert.That(heard, Is.True, $"{Value(engine, source, "state")}, {Number(engine, sink, "packets")} packets sent, {Number(engine, source, "packets")} came");
    }

    private static string? Value(AudioEngine engine, int id, string name) => engine.FindNode(id).Get(name)?.Text;

    private static double Number(AudioEngine engine, int id, string name) => engine.FindNode(id).Get(name)?.Number ?? double.NaN;

    /// <summary>Everything offered is heard by who subscribes, at once.</summary>
    private sealed class Exchange : IStreamExchanges, IStreamExchange, IStreamOutlet
    {
        private Offered? _offered;
        private volatile StreamReceiver? _receiver;

        public IReadOnlyList<ParameterDescriptor> Parameters { get; } = [];

        public IStreamExchange Join(NodeArguments arguments) => this;

        public ParameterValue? Get(string parameter) => null;

        public void Dispose()
        {
        }

        public IOfferedStream Offer(StreamDescription stream)
        {
            StreamSenderOptions options = new() { StreamId = 1, Channels = stream.Channels, Rate = stream.Rate, BlockFrames = stream.BlockFrames };
            return _offered = new Offered(new StreamSender(options, this));
        }

        public ISubscribedStream Subscribe(StreamSubscription subscription)
        {
            _receiver = new StreamReceiver(new StreamReceiverOptions
            {
                Channels = _offered?.Sender.Options.Channels ?? 1,
                Rate = subscription.OutputRate,
                OutputChannels = subscription.OutputChannels,
                MinDepthMs = subscription.MinDepthMs,
                MaxDepthMs = subscription.MaxDepthMs,
            });
            return new Subscribed(this);
        }

        public void Send(MessageType type, ReadOnlySpan<byte> body)
        {
            ReadOnlySpan<byte> rest = body;
            while (_receiver is { } receiver && AudioBody.TryRead(ref rest, out AudioPacketHeader header, out ReadOnlySpan<byte> payload))
            {
                receiver.UseTimebase(ClockMap.Identity);
                receiver.Put(header, payload, MeshClock.Now);
            }
        }

        private sealed class Offered(StreamSender sender) : IOfferedStream
        {
            public StreamSender Sender { get; } = sender;

            public int Listeners => 1;

            public ClockMap HostToMesh => ClockMap.Identity;

            public void Dispose() => Sender.Dispose();
        }

        private sealed class Subscribed(Exchange exchange) : ISubscribedStream
        {
            public StreamReceiver? Receiver => exchange._receiver;

            public string Peer => "here";

            public string Stream => "main";

            public void Dispose() => exchange._receiver = null;
        }
    }
}
