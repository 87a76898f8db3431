// SPDX-License-Identifier: MIT
using AudioMesh.Graph;
using AudioMesh.Realtime;

namespace AudioMesh.Network.Media.Nodes;

/// <summary>Plays a stream of a peer: as soon as its packets come, at the device's pace, what is lost predicted.</summary>
public sealed unsafe class ToastSourceNode : GraphNode
{
    private const string Predict = "predict";

    private readonly IStreamExchange _exchange;
    private readonly PacketLossReport _losses = new();
    private readonly string _peer;
    private readonly string _stream;
    private readonly bool _predicts;
    private readonly double _mostDepthMs;
    private readonly RampedParameter _minDepthMs;
    private readonly RampedParameter _maxDepthMs;
    private ISubscribedStream? _subscribed;
    private int _rate;

    private ToastSourceNode(NodeType type, NodeArguments arguments, IStreamExchanges exchanges)
        : base(type, 0, arguments.Integer("channels"))
    {
        (_peer, _stream, _predicts) = (arguments.Text("peer"), arguments.Text("stream"), arguments.Text("gaps") == Predict);
        _minDepthMs = new RampedParameter(arguments.Number("depth_min"), usualFrames: 0);
        _maxDepthMs = new RampedParameter(arguments.Number("depth_max"), usualFrames: 0);
        _mostDepthMs = _maxDepthMs.Value;
        if (_minDepthMs.Value > _mostDepthMs)
        {
            throw new AudioMeshException(AudioErrorKind.InvalidArgument, $"depth_min {_minDepthMs.Value} is more than depth_max {_mostDepthMs}.")
            {
                Field = "args.depth_min",
                Allowed = $"0..{_mostDepthMs}",
            };
        }

        _exchange = exchanges.Join(arguments);
    }

    /// <summary>What <c>describe</c> answers; nodes hear what <paramref name="exchanges"/> brings.</summary>
    public static NodeType CreateType(IStreamExchanges exchanges)
    {
        NodeType? type = null;
        return type = new NodeType(
            "toast_source",
            "Plays a stream of another host.",
            [
                new("peer", ParameterKind.Text, "Who offers it; empty for anyone.") { Default = "" },
                new("stream", ParameterKind.Text, "Its name; empty for the first that is offered.") { Default = "" },
                new("channels", ParameterKind.Integer, "Channels.") { Default = 2, Min = 1, Max = 64 },
                new("depth_min", ParameterKind.Number, "The least time that the fastest packets wait.") { Default = 0, Min = 0, Max = 2000, Unit = "ms", IsLive = true },
                new("depth_max", ParameterKind.Number, "The most; may be lowered later, and raised again up to this.") { Default = 200, Min = 0, Max = 2000, Unit = "ms", IsLive = true },
                new("gaps", ParameterKind.Choice, "What is heard of what is lost: what the sound before it foretells, or nothing.") { Default = Predict, Choices = [Predict, "silence"] },
                .. StreamFigures.Parameters,
                .. exchanges.Parameters,
            ],
            arguments => new ToastSourceNode(type!, arguments, exchanges));
    }

    /// <inheritdoc/>
    public override int LatencyFrames => 0;

    /// <inheritdoc/>
    public override void Prepare(GraphFormat format)
    {
        if (_subscribed is not null && _rate == format.Rate)
        {
            return;
        }

        _subscribed?.Dispose();
        _subscribed = null;
        _subscribed = _exchange.Subscribe(new StreamSubscription(_peer, _stream, format.Rate, OutputChannels, _minDepthMs.Value, _mostDepthMs, _predicts));
        _rate = format.Rate;
    }

    /// <inheritdoc/>
    [RealtimeSafe]
    public override FrameFlags Process(in RenderContext context, in BlockView input, in BlockView output)
    {
        if (_subscribed?.Receiver is not { } receiver || receiver.Options.OutputChannels != output.ChannelCount)
        {
            for (int channel = 0; channel < output.ChannelCount; channel++)
            {
                output.Channel(channel).Clear();
            }

            return FrameFlags.Silence;
        }

        receiver.SetDepth(_minDepthMs.Advance(output.Frames, out _), _maxDepthMs.Advance(output.Frames, out _));
        (long missing, long predicted) = (receiver.MissingFrames, receiver.PredictedFrames);
        FrameFlags flags = receiver.Read(output.Channels, output.Frames, context.OutputTime);
        _losses.Add(
            context, Id, _rate, receiver.MissingFrames - missing, receiver.PredictedFrames - predicted, receiver.State == ReceiverState.Outage);
        return flags;
    }

    /// <inheritdoc/>
    public override LiveParameter? Live(string parameter) => parameter switch
    {
        "depth_min" => _minDepthMs,
        "depth_max" => _maxDepthMs,
        _ => null,
    };

    /// <inheritdoc/>
    public override ParameterValue? Get(string parameter) => parameter switch
    {
        "peer" => _subscribed is { Peer.Length: > 0 } subscribed ? subscribed.Peer : _peer,
        "stream" => _subscribed is { Stream.Length: > 0 } subscribed ? subscribed.Stream : _stream,
        "channels" => OutputChannels,
        "depth_min" or "depth_max" => base.Get(parameter),
        "gaps" => _predicts ? Predict : "silence",
        _ => StreamFigures.Get(parameter, _subscribed?.Receiver) ?? _exchange.Get(parameter),
    };

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _subscribed?.Dispose();
        _exchange.Dispose();
        base.Dispose(disposing);
    }
}
