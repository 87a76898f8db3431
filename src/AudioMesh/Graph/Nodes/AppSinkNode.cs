// SPDX-License-Identifier: MIT
using System.Numerics;
using AudioMesh.Realtime;

namespace AudioMesh.Graph.Nodes;

/// <summary>Gives what is connected to it to an app, through a ring. When the app does not read in time, the newest sound is lost and counted.</summary>
public sealed unsafe class AppSinkNode : GraphNode, IRingNode
{
    private readonly int _rate;
    private long _lostFrames;
    private long _openLoss;

    private AppSinkNode(NodeArguments arguments)
        : base(NodeType, arguments.Integer("channels"), 0)
    {
        _rate = arguments.Integer("rate");
        Ring = RingPlaces.Create(arguments, new FrameRingOptions
        {
            CapacityFrames = (int)BitOperations.RoundUpToPowerOf2((uint)arguments.Integer("frames")),
            Channels = InputChannels,
            Rate = _rate,
        });
    }

    /// <summary>What <c>describe</c> answers.</summary>
    public static NodeType NodeType { get; } = new(
        "app_sink",
        "Gives sound to an app, through a ring.",
        [
            new("frames", ParameterKind.Integer, "Room in the ring, rounded up to a power of two.") { Default = 65536, Min = 64, Max = 1 << 22, Unit = "frames" },
            ChannelCounts.Parameter(2),
            RingPlaces.Parameter,
            new("rate", ParameterKind.Integer, "Frames per second; must be the device's.") { Default = 48000, Min = 8000, Max = 384000, Unit = "Hz" },
            new("fill", ParameterKind.Integer, "Frames in the ring now.") { IsReadOnly = true, Unit = "frames" },
            new("lost_frames", ParameterKind.Integer, "Frames the app did not take in time.") { IsReadOnly = true, Unit = "frames" },
        ],
        arguments => new AppSinkNode(arguments));

    /// <inheritdoc/>
    public FrameRing Ring { get; }

    /// <inheritdoc/>
    public bool IsWrittenByApp => false;

    /// <inheritdoc/>
    public override void Prepare(GraphFormat format)
    {
        if (format.Rate != _rate)
        {
            throw new AudioMeshException(
                AudioErrorKind.FormatUnsupported, $"app_sink {Id} was made for {_rate} Hz, the device runs at {format.Rate} Hz.")
            {
                Field = "args.rate",
                Allowed = format.Rate.ToString(),
            };
        }
    }

    /// <inheritdoc/>
    [RealtimeSafe]
    public override FrameFlags Process(in RenderContext context, in BlockView input, in BlockView output)
    {
        FrameFlags flags = _openLoss > 0 ? input.Flags | FrameFlags.Discontinuity : input.Flags;
        int written = Ring.Writer.WritePlanar(input.Channels, 0, input.Frames, context.OutputTime, flags);
        if (written < input.Frames)
        {
            _openLoss += input.Frames - written;
            Volatile.Write(ref _lostFrames, _lostFrames + input.Frames - written);
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
        _ => null,
    };

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        Ring.Dispose();
        base.Dispose(disposing);
    }
}
