// SPDX-License-Identifier: MIT
using System.Numerics;
using AudioMesh.Graph;
using AudioMesh.Network.Wire;
using AudioMesh.Realtime;

namespace AudioMesh.Network.Media.Nodes;

/// <summary>Sends what is connected to it to peers, as a stream. The device thread only writes a ring.</summary>
public sealed unsafe class ToastSinkNode : GraphNode
{
    private const int LeastRingFrames = 8192;

    private readonly IStreamExchange _exchange;
    private readonly string _name;
    private readonly SampleEncoding _encoding;
    private readonly Redundancy _redundancy;
    private FrameRing? _ring;
    private IOfferedStream? _offered;
    private SendPump? _pump;
    private GraphFormat _format;
    private long _lostFrames;
    private long _openLoss;

    private ToastSinkNode(NodeType type, NodeArguments arguments, IStreamExchanges exchanges)
        : base(type, arguments.Integer("channels"), 0)
    {
        _name = arguments.Text("stream");
        _encoding = EncodingNames.Parse(arguments.Text("encoding"));
        _redundancy = RedundancyOf(arguments.Integer("repeat"), arguments.Integer("parity"));
        _exchange = exchanges.Join(arguments);
    }

    /// <summary>What <c>describe</c> answers; nodes offer their streams to <paramref name="exchanges"/>.</summary>
    public static NodeType CreateType(IStreamExchanges exchanges)
    {
        NodeType? type = null;
        return type = new NodeType(
            "toast_sink",
            "Sends a stream to other hosts.",
            [
                new("stream", ParameterKind.Text, "What others know it by.") { Default = "main" },
                new("channels", ParameterKind.Integer, "Channels.") { Default = 2, Min = 1, Max = 64 },
                new("encoding", ParameterKind.Choice, "How samples travel.") { Default = EncodingNames.Of(SampleEncoding.Float32), Choices = EncodingNames.All },
                new("repeat", ParameterKind.Integer, "So many packets are sent again with each.") { Default = 0, Min = 0, Max = Redundancy.MostRepeats },
                new("parity", ParameterKind.Integer, "After so many packets one is sent that replaces any of them; 0 for none. Not with repeat.") { Default = 0, Min = 0, Max = 32 },
                new("packets", ParameterKind.Integer, "Packets sent, each once.") { IsReadOnly = true },
                new("packet_frames", ParameterKind.Integer, "Frames of a packet, for which is waited where the block is shorter.") { IsReadOnly = true, Unit = "frames" },
                new("datagrams", ParameterKind.Integer, "Messages sent, with what is sent besides.") { IsReadOnly = true },
                new("bytes", ParameterKind.Integer, "Bytes of them.") { IsReadOnly = true, Unit = "bytes" },
                new("position", ParameterKind.Integer, "Frames sent.") { IsReadOnly = true, Unit = "frames" },
                new("lost_frames", ParameterKind.Integer, "Frames that were not sent in time.") { IsReadOnly = true, Unit = "frames" },
                new("looks", ParameterKind.Integer, "How often the sending thread has looked for a block.") { IsReadOnly = true },
                new("listeners", ParameterKind.Integer, "To how many hosts it goes.") { IsReadOnly = true },
                .. exchanges.Parameters,
            ],
            arguments => new ToastSinkNode(type!, arguments, exchanges));
    }

    /// <inheritdoc/>
    public override void Prepare(GraphFormat format)
    {
        if (_pump is not null && format == _format)
        {
            return;
        }

        Stop();
        _format = format;
        int block = Math.Clamp(format.PeriodFrames, 1, GraphFormat.MaxBlockFrames);
        _ring = FrameRing.Create(new FrameRingOptions
        {
            CapacityFrames = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(LeastRingFrames, 4 * format.PeriodFrames)),
            Channels = InputChannels,
            Rate = format.Rate,
        });
        _offered = _exchange.Offer(new StreamDescription(_name, InputChannels, format.Rate, block, _encoding, _redundancy));
        _pump = new SendPump(_ring, _offered, block);
    }

    /// <inheritdoc/>
    [RealtimeSafe]
    public override FrameFlags Process(in RenderContext context, in BlockView input, in BlockView output)
    {
        if (_ring is not { } ring)
        {
            return input.Flags;
        }

        FrameFlags flags = _openLoss > 0 ? input.Flags | FrameFlags.Discontinuity : input.Flags;
        int written = ring.Writer.WritePlanar(input.Channels, 0, input.Frames, context.OutputTime, flags);
        if (written < input.Frames)
        {
            _openLoss += input.Frames - written;
            Volatile.Write(ref _lostFrames, _lostFrames + input.Frames - written);
        }
        else if (_openLoss > 0)
        {
            context.Events.TryPush(new RenderEvent(RenderEventKind.Overflow, RenderCause.NetworkOutage, Id, context.OutputTime, _openLoss));
            _openLoss = 0;
        }

        return input.Flags;
    }

    /// <inheritdoc/>
    public override ParameterValue? Get(string parameter)
    {
        SenderStatistics sent = _offered?.Sender.Statistics ?? default;
        return parameter switch
        {
            "stream" => _name,
            "channels" => InputChannels,
            "encoding" => EncodingNames.Of(_encoding),
            "repeat" => _redundancy.Kind == RedundancyKind.Repeat ? _redundancy.Amount : 0,
            "parity" => _redundancy.Kind == RedundancyKind.Parity ? _redundancy.Amount : 0,
            "packets" => sent.Packets,
            "packet_frames" => _offered?.Sender.Plan.FramesPerPacket ?? 0,
            "datagrams" => sent.Bodies,
            "bytes" => sent.Bytes,
            "position" => sent.Frames,
            "lost_frames" => Volatile.Read(ref _lostFrames),
            "looks" => _pump?.Looks ?? 0,
            "listeners" => _offered?.Listeners ?? 0,
            _ => _exchange.Get(parameter),
        };
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        Stop();
        _exchange.Dispose();
        base.Dispose(disposing);
    }

    private static Redundancy RedundancyOf(int repeat, int parity)
    {
        Redundancy redundancy = repeat > 0 ? Redundancy.Repeat(repeat) : parity > 0 ? Redundancy.Parity(parity) : Redundancy.None;
        return (repeat == 0 || parity == 0) && redundancy.IsValid
            ? redundancy
            : throw new AudioMeshException(AudioErrorKind.InvalidArgument, $"repeat {repeat} and parity {parity} do not go.")
            {
                Field = "args.parity",
                Allowed = "0, or 2..32 where repeat is 0",
            };
    }

    private void Stop()
    {
        _pump?.Dispose();
        _offered?.Dispose();
        _ring?.Dispose();
        (_pump, _offered, _ring) = (null, null, null);
    }
}
