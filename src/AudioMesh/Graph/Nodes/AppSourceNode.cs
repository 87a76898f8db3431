// SPDX-License-Identifier: MIT
using System.Numerics;
using AudioMesh.Clock;
using AudioMesh.Realtime;

namespace AudioMesh.Graph.Nodes;

/// <summary>
/// Plays what an app writes into its ring. It begins when the ring holds the depth asked for, and again after a gap, so that the app
/// has that long to be late. A gap fades, is silent, and is counted with its cause.
/// </summary>
public sealed unsafe class AppSourceNode : GraphNode, IRingNode
{
    private readonly int _depth;
    private readonly int _rate;
    private readonly Declicker _declicker;
    private State _state = State.Priming;
    private long _waitedFrames;
    private int _fillSeen;
    private long _gapFrames;
    private long _pauseBefore;
    private long _played;
    private bool _isOpenGapReported;
    private long _underruns;
    private long _underrunFrames;
    private long _gcUnderruns;

    private AppSourceNode(NodeArguments arguments)
        : base(NodeType, 0, arguments.Integer("channels"))
    {
        int frames = arguments.Integer("frames");
        int depth = arguments.Integer("depth");
        if (depth > frames)
        {
            throw new AudioMeshException(AudioErrorKind.InvalidArgument, $"depth {depth} is more than the ring's {frames} frames.")
            {
                Field = "args.depth",
                Allowed = $"0..{frames}",
            };
        }

        _rate = arguments.Integer("rate");
        _depth = depth == 0 ? frames : depth;
        _declicker = new Declicker(OutputChannels);
        Ring = RingPlaces.Create(arguments, new FrameRingOptions
        {
            CapacityFrames = (int)BitOperations.RoundUpToPowerOf2((uint)frames),
            Channels = OutputChannels,
            Rate = _rate,
            HighWatermarkFrames = _depth,
        });
    }

    private enum State
    {
        Priming,
        Playing,
        Gap,
        Ended,
    }

    /// <summary>What <c>describe</c> answers.</summary>
    public static NodeType NodeType { get; } = new(
        "app_source",
        "Plays what an app writes into its ring.",
        [
            new("frames", ParameterKind.Integer, "Room in the ring, rounded up to a power of two.") { Default = 16384, Min = 64, Max = 1 << 22, Unit = "frames" },
            new("depth", ParameterKind.Integer, "Frames the ring is kept filled to: the delay, and how long the app may be late; 0 is all of it.") { Default = 0, Min = 0, Max = 1 << 22, Unit = "frames" },
            ChannelCounts.Parameter(2),
            RingPlaces.Parameter,
            new("rate", ParameterKind.Integer, "Frames per second; must be the device's.") { Default = 48000, Min = 8000, Max = 384000, Unit = "Hz" },
            new("fill", ParameterKind.Integer, "Frames in the ring now.") { IsReadOnly = true, Unit = "frames" },
            new("position", ParameterKind.Integer, "Frames played.") { IsReadOnly = true, Unit = "frames" },
            new("underruns", ParameterKind.Integer, "Gaps so far.") { IsReadOnly = true },
            new("underrun_frames", ParameterKind.Integer, "Frames in them.") { IsReadOnly = true, Unit = "frames" },
            new("gc_underruns", ParameterKind.Integer, "Gaps a pause of the app's runtime explains.") { IsReadOnly = true },
        ],
        arguments => new AppSourceNode(arguments));

    /// <inheritdoc/>
    public FrameRing Ring { get; }

    /// <inheritdoc/>
    public bool IsWrittenByApp => true;

    /// <summary>Frames between the app's write and the graph.</summary>
    public int DepthFrames => _depth;

    /// <summary>Gaps so far. Any thread.</summary>
    public long Underruns => Volatile.Read(ref _underruns);

    /// <summary>Frames in the gaps so far. Any thread.</summary>
    public long UnderrunFrames => Volatile.Read(ref _underrunFrames);

    /// <summary>Gaps so far that a pause of the app's runtime explains. Any thread.</summary>
    public long GcUnderruns => Volatile.Read(ref _gcUnderruns);

    /// <inheritdoc/>
    public override void Prepare(GraphFormat format)
    {
        if (format.Rate != _rate)
        {
            throw new AudioMeshException(
                AudioErrorKind.FormatUnsupported, $"app_source {Id} was made for {_rate} Hz, the device runs at {format.Rate} Hz.")
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
        FrameRingReader reader = Ring.Reader;
        reader.Beat(context.OutputTime);
        bool wasGap = _state == State.Gap;
        if (_state is State.Priming or State.Gap && HasEnough(reader, output.Frames))
        {
            _state = State.Playing;
        }

        if (_state != State.Playing)
        {
            return Silence(context, output);
        }

        if (wasGap)
        {
            EndGap(context, reader);
        }

        int frames = reader.ReadPlanar(output.Channels, output.ChannelCount, 0, output.Frames, out JamAudioFrame frame);
        Volatile.Write(ref _played, _played + frames);
        FrameFlags flags = frame.Flags;
        if (frames < output.Frames)
        {
            flags |= RunDry(context, reader, output, frames);
        }

        bool isGapBegin = _state == State.Gap;
        _declicker.Process(output, isGapBegin ? frames : wasGap ? 0 : -1);
        return flags;
    }

    /// <inheritdoc/>
    public override ParameterValue? Get(string parameter) => parameter switch
    {
        "frames" => Ring.CapacityFrames,
        "depth" => _depth,
        "channels" => OutputChannels,
        "rate" => _rate,
        "fill" => Ring.Reader.ReadableFrames,
        "position" => Volatile.Read(ref _played),
        "underruns" => Underruns,
        "underrun_frames" => UnderrunFrames,
        "gc_underruns" => GcUnderruns,
        _ => null,
    };

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        Ring.Dispose();
        base.Dispose(disposing);
    }

    // An app that wrote less than the depth and then rests for as long as the depth lasts has said all it wants to say for now.
    private bool HasEnough(FrameRingReader reader, int frames)
    {
        int fill = reader.ReadableFrames;
        if (fill >= _depth || reader.WriterCompleted)
        {
            return true;
        }

        _waitedFrames = fill == _fillSeen && fill > 0 ? _waitedFrames + frames : 0;
        _fillSeen = fill;
        return _waitedFrames > _depth;
    }

    private FrameFlags RunDry(in RenderContext context, FrameRingReader reader, in BlockView output, int frames)
    {
        for (int channel = 0; channel < output.ChannelCount; channel++)
        {
            output.Channel(channel)[frames..].Clear();
        }

        _waitedFrames = 0;
        _fillSeen = 0;
        if (reader.IsCompleted)
        {
            _state = State.Ended;
            context.Events.TryPush(new RenderEvent(RenderEventKind.Ended, RenderCause.None, Id, context.OutputTime, _played));
            return FrameFlags.None;
        }

        _state = State.Gap;
        _isOpenGapReported = false;
        _gapFrames = 0;
        _pauseBefore = reader.WriterPauseTotalNanoseconds;
        Volatile.Write(ref _underruns, _underruns + 1);
        CountGap(reader, output.Frames - frames);
        return FrameFlags.Dropout;
    }

    private FrameFlags Silence(in RenderContext context, in BlockView output)
    {
        for (int channel = 0; channel < output.ChannelCount; channel++)
        {
            output.Channel(channel).Clear();
        }

        _declicker.Process(output, -1);
        if (_state != State.Gap)
        {
            return FrameFlags.Silence;
        }

        CountGap(Ring.Reader, output.Frames);
        if (!_isOpenGapReported && _gapFrames >= _rate)
        {
            _isOpenGapReported = true;
            context.Events.TryPush(new RenderEvent(RenderEventKind.Underrun, RenderCause.AppLate, Id, context.OutputTime, _gapFrames));
        }

        return FrameFlags.Dropout;
    }

    private void CountGap(FrameRingReader reader, int frames)
    {
        _gapFrames += frames;
        Volatile.Write(ref _underrunFrames, _underrunFrames + frames);
        reader.ReportUnderrun(frames);
    }

    // The writer stamps how long its runtime has been stopped in all; what was added across the gap tells whether that made it.
    private void EndGap(in RenderContext context, FrameRingReader reader)
    {
        long pause = reader.WriterPauseTotalNanoseconds - _pauseBefore;
        bool isGc = pause * 2 >= new FrameCount(_gapFrames).ToNanoseconds(_rate);
        if (isGc)
        {
            Volatile.Write(ref _gcUnderruns, _gcUnderruns + 1);
        }

        RenderCause cause = isGc ? RenderCause.Gc : RenderCause.AppLate;
        context.Events.TryPush(new RenderEvent(RenderEventKind.Underrun, cause, Id, context.OutputTime, _gapFrames, pause));
    }
}
