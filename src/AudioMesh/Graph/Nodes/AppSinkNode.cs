// SPDX-License-Identifier: MIT
using System.Numerics;
using AudioMesh.Realtime;

namespace AudioMesh.Graph.Nodes;

/// <summary>
/// Gives what is connected to it to an app, through a ring. When the app does not read in time, the newest sound is lost and counted. Where the app's rate is
/// the device's and its clock is not followed, sound passes bit for bit.
/// </summary>
public sealed unsafe class AppSinkNode : GraphNode, IRingNode
{
    private readonly int _rate;
    private readonly bool _isLinear;
    private readonly FillLoop? _loop;
    private readonly SinkClock? _clock;
    private RingConverter? _converter;
    private int _deviceRate;
    private long _lostFrames;
    private long _openLoss;

    private AppSinkNode(NodeArguments arguments)
        : base(NodeType, arguments.Integer("channels"), 0)
    {
        _rate = arguments.Integer("rate");
        _isLinear = RingClock.IsLinear(arguments);
        Ring = RingPlaces.Create(arguments, new FrameRingOptions
        {
            CapacityFrames = (int)BitOperations.RoundUpToPowerOf2((uint)arguments.Integer("frames")),
            Channels = InputChannels,
            Rate = _rate,
        });
        if (RingClock.IsFollowed(arguments))
        {
            _loop = new FillLoop(_rate);
            _clock = new SinkClock(_loop, Ring.CapacityFrames);
        }
    }

    /// <summary>What <c>describe</c> answers.</summary>
    public static NodeType NodeType { get; } = new(
        "app_sink",
        "Gives sound to an app, through a ring.",
        [
            new("frames", ParameterKind.Integer, "Room in the ring, rounded up to a power of two.") { Default = 65536, Min = 64, Max = 1 << 22, Unit = "frames" },
            ChannelCounts.Parameter(2),
            .. RingPlaces.Parameters,
            .. RingClock.Parameters,
            new("fill", ParameterKind.Integer, "Frames in the ring now.") { IsReadOnly = true, Unit = "frames" },
            new("lost_frames", ParameterKind.Integer, "Frames the app did not take in time.") { IsReadOnly = true, Unit = "frames" },
            new("underruns", ParameterKind.Integer, "Gaps, as the app counts them in the ring.") { IsReadOnly = true },
            .. RingClock.Figures,
        ],
        arguments => new AppSinkNode(arguments));

    /// <inheritdoc/>
    public FrameRing Ring { get; }

    /// <inheritdoc/>
    public bool IsWrittenByApp => false;

    /// <inheritdoc/>
    public override int LatencyFrames => _converter?.LatencyFrames ?? 0;

    /// <inheritdoc/>
    public override void Prepare(GraphFormat format)
    {
        bool converts = _loop is not null || format.Rate != _rate;
        if (converts && (_converter is null || format.Rate != _deviceRate))
        {
            _converter = new RingConverter(InputChannels, format.Rate, _rate, _isLinear, _loop is not null);
        }

        _converter = converts ? _converter : null;
        _deviceRate = format.Rate;
    }

    /// <inheritdoc/>
    [RealtimeSafe]
    public override FrameFlags Process(in RenderContext context, in BlockView input, in BlockView output)
    {
        FrameRingWriter writer = Ring.Writer;
        FrameFlags flags = _openLoss > 0 ? input.Flags | FrameFlags.Discontinuity : input.Flags;
        int refused = _converter is { } converter
            ? Convert(context, input, converter, flags)
            : input.Frames - writer.WritePlanar(input.Channels, 0, input.Frames, context.OutputTime, flags);
        if (refused > 0)
        {
            _openLoss += refused;
            Volatile.Write(ref _lostFrames, _lostFrames + refused);
        }
        else if (_openLoss > 0)
        {
            context.Events.TryPush(new RenderEvent(RenderEventKind.Overflow, RenderCause.AppLate, Id, context.OutputTime, _openLoss));
            _openLoss = 0;
        }

        return input.Flags;
    }

    /// <inheritdoc/>
    public override ParameterValue? Get(string parameter) => parameter switch
    {
        "frames" => Ring.CapacityFrames,
        "channels" => InputChannels,
        "rate" => _rate,
        "fill" => Ring.Writer.FillFrames,
        "lost_frames" => Volatile.Read(ref _lostFrames),
        "underruns" => Ring.Writer.Underruns,
        _ => RingClock.Get(parameter, _isLinear, _loop, Ring.Writer.Faults),
    };

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        Ring.Dispose();
        base.Dispose(disposing);
    }

    [RealtimeSafe]
    private int Convert(in RenderContext context, in BlockView input, RingConverter converter, FrameFlags flags)
    {
        FrameRingWriter writer = Ring.Writer;
        if (_clock is { } clock)
        {
            clock.Observe(writer.FillFrames, (double)input.Frames / _deviceRate);
            converter.Stretch = _loop!.Speed;
        }

        int refused = converter.Write(context, input, writer, flags);
        _clock?.Written(writer.FillFrames);
        return refused;
    }
}
