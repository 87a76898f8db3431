// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Graph;
using AudioMesh.Realtime;

namespace AudioMesh.Compute.Rendering;

/// <summary>
/// Mixes its input channels to its output channels by a matrix of gains, on a GPU, <c>ahead</c> periods later. What the GPU does not do in time the
/// processor does; where that is too late too, what comes is predicted, until it goes on in its place.
/// </summary>
public sealed unsafe class GpuMatrixNode : GraphNode, IBackgroundWork
{
    private static readonly TimeSpan WorkLimit = TimeSpan.FromSeconds(1);

    private readonly Func<IComputeDevice> _openDevice;
    private readonly int _periodsAhead;
    private readonly MatrixRamp _gains;
    private readonly GapFiller _gaps;
    private readonly GpuLateReport _replaced = new(RenderEventKind.Replaced);
    private readonly GpuLateReport _missing = new(RenderEventKind.Underrun);
    private GpuRenderEngine? _engine;
    private FrameRing? _ring;
    private int _rate;
    private int _periodFrames;
    private int _filled;
    private long _owedFrames;
    private long _lateBefore;
    private int _armedFrames;

    private GpuMatrixNode(NodeType type, NodeArguments arguments, Func<IComputeDevice> openDevice)
        : base(type, arguments.Integer("inputs"), arguments.Integer("channels"))
    {
        _openDevice = openDevice;
        _periodsAhead = arguments.Integer("ahead");
        _gains = new MatrixRamp(InputChannels, OutputChannels, MatrixText.Parse(arguments.Text("gains"), InputChannels, OutputChannels));
        _gaps = new GapFiller(OutputChannels, predicts: true);
    }

    /// <inheritdoc/>
    public override IBackgroundWork Background => this;

    /// <inheritdoc/>
    public override GapFiller Gaps => _gaps;

    /// <inheritdoc/>
    public override int LatencyFrames => _periodFrames * _periodsAhead;

    /// <inheritdoc/>
    public bool IsPrimed => true;

    /// <summary>What <c>describe</c> answers; <paramref name="openDevice"/> opens the device of each such node.</summary>
    public static NodeType CreateType(Func<IComputeDevice> openDevice)
    {
        NodeType? type = null;
        return type = new NodeType(
            "gpu_matrix",
            "Mixes input channels to output channels by a matrix of gains, on a GPU.",
            [
                Channels("inputs", "Channels that go in."),
                Channels("channels", "Channels that come out."),
                new("gains", ParameterKind.Text, "Factors: a row of them for each output, as 1,0;0,1. Empty: each input to the output of its number.") { Default = "", IsLive = true },
                new("ahead", ParameterKind.Integer, "Periods between input and output, in which the GPU may take its time.") { Default = 4, Min = 2, Max = 32, Unit = "periods" },
                new("device", ParameterKind.Text, "The GPU.") { IsReadOnly = true },
                new("state", ParameterKind.Text, "Who renders: gpu, late, lost, cpu.") { IsReadOnly = true },
                new("latency", ParameterKind.Integer, "Frames between input and output.") { IsReadOnly = true, Unit = "frames" },
                new("periods", ParameterKind.Integer, "Periods rendered.") { IsReadOnly = true },
                new("late_periods", ParameterKind.Integer, "Of these, what the processor rendered in the GPU's place.") { IsReadOnly = true },
                new("losses", ParameterKind.Integer, "How often the GPU was lost.") { IsReadOnly = true },
                new("underrun_frames", ParameterKind.Integer, "Frames that neither rendered in time.") { IsReadOnly = true, Unit = "frames" },
                new("predicted_frames", ParameterKind.Integer, "Frames of these that prediction made audible.") { IsReadOnly = true, Unit = "frames" },
            ],
            arguments => new GpuMatrixNode(type!, arguments, openDevice));
    }

    /// <inheritdoc/>
    public override void Prepare(GraphFormat format)
    {
        int periodFrames = Math.Clamp(format.PeriodFrames, 16, GraphFormat.MaxBlockFrames);
        if (_engine is not null && periodFrames == _periodFrames && format.Rate == _rate)
        {
            return;
        }

        _engine?.Dispose();
        _engine = null;
        (_rate, _periodFrames) = (format.Rate, periodFrames);
        GpuRenderEngine engine = new(new GpuRenderOptions
        {
            Patch = new MatrixPatch(InputChannels, OutputChannels),
            OpenDevice = _openDevice,
            PeriodFrames = periodFrames,
            Rate = format.Rate,
            PeriodsAhead = _periodsAhead,
        });
        _ring = engine.CreateBuffer(GraphFormat.MaxBlockFrames);
        _ring.Writer.Write(new float[periodFrames * _periodsAhead * OutputChannels], MeshTime.Unknown, FrameFlags.Silence);
        (_filled, _owedFrames, _lateBefore) = (0, 0, 0);
        _gaps.Prepare(format.Rate);
        Volatile.Write(ref _engine, engine);
    }

    /// <inheritdoc/>
    [RealtimeSafe]
    public override FrameFlags Process(in RenderContext context, in BlockView input, in BlockView output)
    {
        if (_engine is not { } engine || _ring is not { } ring)
        {
            Clear(output);
            return FrameFlags.Silence;
        }

        for (int offset = 0; offset < context.Frames; offset += Take(engine, ring, input, offset))
        {
        }

        FrameFlags flags = Give(context, ring.Reader, output);
        long late = engine.LatePeriods;
        _replaced.Add(context, Id, _rate, (late - _lateBefore) * _periodFrames, 0);
        Arm(context.Frames, isNear: late > _lateBefore || ring.Reader.ReadableFrames < _periodFrames);
        _lateBefore = late;
        return flags;
    }

    /// <summary>A device that does not keep time waits here for what is under way.</summary>
    public void Work() => Volatile.Read(ref _engine)?.WaitFinished(WorkLimit);

    /// <inheritdoc/>
    public AudioMeshException? TakeFailure() => null;

    /// <inheritdoc/>
    public override void Set(string parameter, ParameterValue value)
    {
        if (parameter != "gains")
        {
            base.Set(parameter, value);
        }

        _gains.Target = MatrixText.Parse(value.Text ?? "", InputChannels, OutputChannels);
    }

    /// <inheritdoc/>
    public override ParameterValue? Get(string parameter) => parameter switch
    {
        "inputs" => InputChannels,
        "channels" => OutputChannels,
        "gains" => MatrixText.Of(_gains.Target, InputChannels),
        "ahead" => _periodsAhead,
        "device" => _engine?.Device.Name ?? "",
        "state" => NameOf(_engine?.State),
        "latency" => LatencyFrames,
        "periods" => _engine?.Periods ?? 0,
        "late_periods" => _engine?.LatePeriods ?? 0,
        "losses" => _engine?.Losses ?? 0,
        "underrun_frames" => _gaps.MissingFrames,
        "predicted_frames" => _gaps.PredictedFrames,
        _ => null,
    };

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _engine?.Dispose();
        _gaps.Dispose();
        base.Dispose(disposing);
    }

    private static ParameterDescriptor Channels(string name, string description) =>
        new(name, ParameterKind.Integer, description) { Default = 2, Min = 1, Max = 64 };

    private static string NameOf(GpuRenderState? state) => state switch
    {
        GpuRenderState.Gpu => "gpu",
        GpuRenderState.Late => "late",
        GpuRenderState.Lost => "lost",
        _ => "cpu",
    };

    /// <summary>Takes input up to the end of the period that is being filled; begins the period when it is full. Returns frames taken.</summary>
    [RealtimeSafe]
    private int Take(GpuRenderEngine engine, FrameRing ring, in BlockView input, int offset)
    {
        int count = Math.Min(input.Frames - offset, _periodFrames - _filled);
        Span<float> inputs = engine.Inputs;
        for (int channel = 0; channel < InputChannels && inputs.Length > 0; channel++)
        {
            input.Channel(channel).Slice(offset, count).CopyTo(inputs[((channel * _periodFrames) + _filled)..]);
        }

        _filled += count;
        if (_filled == _periodFrames)
        {
            _filled = 0;
            Begin(engine, ring);
        }

        return count;
    }

    /// <summary>A period for which there is no room never comes out; by then its place is a gap already.</summary>
    [RealtimeSafe]
    private void Begin(GpuRenderEngine engine, FrameRing ring)
    {
        Span<float> parameters = engine.Parameters;
        if (parameters.Length > 0)
        {
            _gains.Advance(_periodFrames, parameters);
            long ahead = new FrameCount(_periodFrames * _periodsAhead).ToNanoseconds(_rate);
            engine.RenderToBuffer(ring, MeshClock.Now.Add(ahead));
        }
        else
        {
            _owedFrames -= _periodFrames;
        }
    }

    /// <summary>Gives what is due now; what came too late for its gap is left out.</summary>
    [RealtimeSafe]
    private FrameFlags Give(in RenderContext context, FrameRingReader reader, in BlockView output)
    {
        if (_owedFrames > 0)
        {
            _owedFrames -= reader.Skip((int)Math.Min(_owedFrames, int.MaxValue));
        }

        JamAudioFrame first = default;
        int frames = _owedFrames > 0 ? 0 : reader.ReadPlanar(output.Channels, output.ChannelCount, 0, context.Frames, out first);
        int missing = context.Frames - frames;
        _owedFrames += missing;
        long before = _gaps.PredictedFrames;
        FrameFlags flags = (first.Flags & FrameFlags.GpuLate) | _gaps.Process(output, frames);
        _missing.Add(context, Id, _rate, missing, _gaps.PredictedFrames - before);
        return missing > 0 ? flags | FrameFlags.GpuLate : flags;
    }

    /// <summary>Models are trained for a second after a sign of a gap: there are few, and they come shortly before.</summary>
    [RealtimeSafe]
    private void Arm(int frames, bool isNear)
    {
        _armedFrames = isNear ? _rate : Math.Max(0, _armedFrames - frames);
        if (_gaps.Concealer is { } concealer)
        {
            concealer.IsArmed = _armedFrames > 0;
        }
    }

    private static void Clear(in BlockView output)
    {
        for (int channel = 0; channel < output.ChannelCount; channel++)
        {
            output.Channel(channel).Clear();
        }
    }
}
