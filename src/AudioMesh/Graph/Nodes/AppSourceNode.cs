// SPDX-License-Identifier: MIT
using System.Numerics;
using AudioMesh.Realtime;

namespace AudioMesh.Graph.Nodes;

/// <summary>
/// Plays what an app writes into its ring. It begins when the ring holds the depth asked for, and again after a gap, so that the app
/// has that long to be late. What is missing in a gap is predicted, which fades when the gap is long; every gap is counted with its cause. Where the app's
/// rate is the device's and its clock is not followed, sound passes bit for bit.
/// </summary>
public sealed unsafe class AppSourceNode : GraphNode, IRingNode
{
    private const string Predict = "predict";

    private readonly int _depth;
    private readonly int _rate;
    private readonly bool _isLinear;
    private readonly GapFiller _gaps;
    private readonly RingIntake _intake;
    private readonly FillLoop? _loop;
    private readonly RingSurplus? _surplus;
    private RingConverter? _converter;
    private int _deviceRate;

    private AppSourceNode(NodeArguments arguments)
        : base(NodeType, 0, arguments.Integer("channels"))
    {
        _rate = _deviceRate = arguments.Integer("rate");
        _isLinear = RingClock.IsLinear(arguments);
        _loop = RingClock.IsFollowed(arguments) ? new FillLoop(_rate) : null;
        int frames = arguments.Integer("frames");
        int depth = arguments.Integer("depth");
        CheckDepth(depth, frames);
        Ring = RingPlaces.Create(arguments, new FrameRingOptions
        {
            CapacityFrames = (int)BitOperations.RoundUpToPowerOf2((uint)frames),
            Channels = OutputChannels,
            Rate = _rate,
            LowWatermarkFrames = (depth == 0 ? frames : depth) / 4,
            HighWatermarkFrames = depth == 0 || _loop is not null ? frames : depth,
        });
        _depth = depth == 0 ? MostDepth(Ring.HighWatermarkFrames) : depth;
        _gaps = new GapFiller(OutputChannels, predicts: arguments.Text("gaps") == Predict);
        try
        {
            CheckDepth(depth, Ring.HighWatermarkFrames);
            _gaps.Prepare(_rate);
        }
        catch
        {
            Ring.Dispose();
            throw;
        }

        _surplus = _loop is null ? null : new RingSurplus(Ring, _depth);
        _intake = new RingIntake(Ring, _gaps, _depth, _surplus);
    }

    /// <summary>What <c>describe</c> answers.</summary>
    public static NodeType NodeType { get; } = new(
        "app_source",
        "Plays what an app writes into its ring.",
        [
            new("frames", ParameterKind.Integer, "Room in the ring, rounded up to a power of two.") { Default = 16384, Min = 64, Max = 1 << 22, Unit = "frames" },
            new("depth", ParameterKind.Integer, "Frames the ring is kept filled to: the delay, and how long the app may be late; 0 is all of it, or half where a clock is followed.") { Default = 0, Min = 0, Max = 1 << 22, Unit = "frames" },
            ChannelCounts.Parameter(2),
            .. RingPlaces.Parameters,
            .. RingClock.Parameters,
            new("gaps", ParameterKind.Choice, "What is heard when the app is late: what the sound before it foretells, or nothing.") { Default = Predict, Choices = [Predict, "silence"] },
            new("fill", ParameterKind.Integer, "Frames in the ring now.") { IsReadOnly = true, Unit = "frames" },
            new("position", ParameterKind.Integer, "Frames played.") { IsReadOnly = true, Unit = "frames" },
            new("underruns", ParameterKind.Integer, "Gaps so far.") { IsReadOnly = true },
            new("underrun_frames", ParameterKind.Integer, "Frames in them.") { IsReadOnly = true, Unit = "frames" },
            new("gc_underruns", ParameterKind.Integer, "Gaps a pause of the app's runtime explains.") { IsReadOnly = true },
            new("invalid_frames", ParameterKind.Integer, "Frames that were no sound but NaN, infinite or beyond 1e9, or behind such in a block: gaps.") { IsReadOnly = true, Unit = "frames" },
            new("predicted_frames", ParameterKind.Integer, "Frames of the gaps that prediction made audible.") { IsReadOnly = true, Unit = "frames" },
            new("left_out_frames", ParameterKind.Integer, "Frames left out because half of the depth and more had piled up beyond it, where a clock is followed.") { IsReadOnly = true, Unit = "frames" },
            new("confidence", ParameterKind.Number, "How much of the sound the last predictions tried on it foretold: 0 nothing, 1 all.") { IsReadOnly = true },
            new("profile", ParameterKind.Text, "What is spent on predicting: lite, default, hq; empty where nothing is predicted.") { IsReadOnly = true },
            .. RingClock.Figures,
        ],
        arguments => new AppSourceNode(arguments));

    /// <inheritdoc/>
    public FrameRing Ring { get; }

    /// <inheritdoc/>
    public bool IsWrittenByApp => true;

    /// <summary>Between the app's write and the graph, in frames of the device once that is known.</summary>
    public int DepthFrames => (int)((long)_depth * _deviceRate / _rate);

    /// <summary>Gaps so far. Any thread.</summary>
    public long Underruns => _gaps.Gaps;

    /// <summary>Frames in the gaps so far. Any thread.</summary>
    public long UnderrunFrames => _gaps.MissingFrames;

    /// <summary>Gaps so far that a pause of the app's runtime explains. Any thread.</summary>
    public long GcUnderruns => _intake.GcUnderruns;

    /// <inheritdoc/>
    public override GapFiller Gaps => _gaps;

    /// <inheritdoc/>
    public override int LatencyFrames => (int)((long)(_converter?.LatencyFrames ?? 0) * _deviceRate / _rate);

    /// <inheritdoc/>
    public override void Prepare(GraphFormat format)
    {
        bool converts = _loop is not null || format.Rate != _rate;
        if (converts && (_converter is null || format.Rate != _deviceRate))
        {
            _converter = new RingConverter(OutputChannels, _rate, format.Rate, _isLinear, _loop is not null);
        }

        _converter = converts ? _converter : null;
        _deviceRate = format.Rate;
        int periodFrames = (int)((long)format.PeriodFrames * _rate / format.Rate);
        _intake.NodeId = Id;
        _intake.ArmedBelow = Math.Max(_depth / 2, RingIntake.ArmedFrames(_rate, periodFrames));
        _intake.TailFrames = GraphFormat.MaxBlockFrames + (_converter?.LatencyFrames ?? 0);
    }

    /// <inheritdoc/>
    [RealtimeSafe]
    public override FrameFlags Process(in RenderContext context, in BlockView input, in BlockView output)
    {
        bool begins = _intake.Advance(context, (int)((long)output.Frames * _rate / _deviceRate));
        if (_converter is not { } converter)
        {
            return _intake.Read(context, output);
        }

        if (_intake.IsQuiet)
        {
            return BeSilent(output);
        }

        if (_loop is { } loop)
        {
            Follow(loop, _surplus!, begins, (double)output.Frames / _deviceRate);
            converter.Stretch = 1 / loop.Speed;
        }

        return converter.Fill(context, _intake, output);
    }

    /// <inheritdoc/>
    public override ParameterValue? Get(string parameter) => parameter switch
    {
        "frames" => Ring.CapacityFrames,
        "depth" => _depth,
        "channels" => OutputChannels,
        "rate" => _rate,
        "fill" => Ring.Reader.ReadableFrames,
        "position" => _intake.Played,
        "underruns" => Underruns,
        "underrun_frames" => UnderrunFrames,
        "gc_underruns" => GcUnderruns,
        "invalid_frames" => _intake.InvalidFrames,
        "left_out_frames" => _surplus?.LeftOutFrames ?? 0,
        "gaps" => _gaps.Concealer is null ? "silence" : Predict,
        "predicted_frames" => _gaps.PredictedFrames,
        "confidence" => _gaps.Concealer?.Statistics.Confidence ?? 0,
        "profile" => _gaps.Concealer?.Profile.ToString().ToLowerInvariant() ?? "",
        _ => RingClock.Get(parameter, _isLinear, _loop, Ring.Reader.Faults),
    };

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        Ring.Dispose();
        _gaps.Dispose();
        base.Dispose(disposing);
    }

    [RealtimeSafe]
    private void Follow(FillLoop loop, RingSurplus surplus, bool begins, double seconds)
    {
        if (begins)
        {
            surplus.Begin();
        }
        else if (_intake.IsPlaying)
        {
            _intake.Surplus = surplus.Observe((int)(seconds * _rate));
        }

        if (begins || _intake.Surplus > 0)
        {
            loop.Begin();
        }
        else if (_intake.IsPlaying)
        {
            loop.Observe(Ring.Reader.ReadableFrames - _depth, seconds);
        }
    }

    [RealtimeSafe]
    private static FrameFlags BeSilent(in BlockView output)
    {
        for (int channel = 0; channel < output.ChannelCount; channel++)
        {
            output.Channel(channel).Clear();
        }

        return FrameFlags.Silence;
    }

    // Where a clock is followed, the other half is for what comes early.
    private int MostDepth(int frames) => _loop is null ? frames : frames / 2;

    private void CheckDepth(int depth, int frames)
    {
        if (depth > MostDepth(frames))
        {
            throw new AudioMeshException(AudioErrorKind.InvalidArgument, $"depth {depth} is more than the ring's {frames} frames allow.")
            {
                Field = "args.depth",
                Allowed = $"0..{MostDepth(frames)}",
            };
        }
    }
}
