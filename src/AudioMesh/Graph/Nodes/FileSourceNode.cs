// SPDX-License-Identifier: MIT
using AudioMesh.Realtime;

namespace AudioMesh.Graph.Nodes;

/// <summary>
/// Plays a file, converted to the rate at which the node runs; read ahead on the worker thread. What a late disk leaves out is predicted; a jump is joined.
/// </summary>
public sealed unsafe class FileSourceNode : GraphNode
{
    private readonly FilePrefetch _prefetch;
    private readonly GapFiller _gaps;
    private readonly Declicker _declicker;
    private readonly FilePlace _place;
    private bool _isPlaying;
    private bool _isJumping;
    private int _endedFrames;
    private long _played;
    private int _rate;

    private FileSourceNode(FilePrefetch prefetch)
        : base(NodeType, 0, prefetch.Channels)
    {
        _prefetch = prefetch;
        _gaps = new GapFiller(OutputChannels, predicts: OutputChannels <= ChannelCounts.Max);
        _declicker = new Declicker(OutputChannels);
        _place = new FilePlace(prefetch);
    }

    /// <summary>What <c>describe</c> answers.</summary>
    public static NodeType NodeType { get; } = new(
        "file_source",
        "Plays a file of any rate; as many channels as the file has.",
        [
            new("path", ParameterKind.Text, "The file: WAV, and what libsndfile reads where it is installed."),
            new("loop", ParameterKind.Flag, "Begin again at the end.") { Default = false, IsLive = true },
            new("position", ParameterKind.Number, "Where in the file; set it to jump.") { Default = 0, Min = 0, Max = 1e12, Unit = "frames", IsLive = true, MovesByItself = true },
            ResampleQualities.Parameter("best"),
            new("length", ParameterKind.Integer, "Frames in the file.") { IsReadOnly = true, Unit = "frames" },
            new("rate", ParameterKind.Integer, "The file's frames per second.") { IsReadOnly = true, Unit = "Hz" },
            new("channels", ParameterKind.Integer, "The file's channels.") { IsReadOnly = true },
            new("ended", ParameterKind.Flag, "Whether its end was played.") { IsReadOnly = true },
            new("underruns", ParameterKind.Integer, "Gaps because the file was not read in time.") { IsReadOnly = true },
            new("underrun_frames", ParameterKind.Integer, "Frames in them.") { IsReadOnly = true, Unit = "frames" },
            new("predicted_frames", ParameterKind.Integer, "Frames of the gaps that prediction made audible.") { IsReadOnly = true, Unit = "frames" },
        ],
        arguments => new FileSourceNode(
            new FilePrefetch(arguments.Text("path"), arguments.Flag("loop"), (long)arguments.Number("position"), ResampleQualities.Of(arguments))));

    /// <inheritdoc/>
    public override IBackgroundWork Background => _prefetch;

    /// <inheritdoc/>
    public override GapFiller Gaps => _gaps;

    /// <inheritdoc/>
    public override void Prepare(GraphFormat format)
    {
        _rate = format.Rate;
        _gaps.Prepare(_rate);
        _prefetch.Prepare(_rate);
    }

    /// <inheritdoc/>
    [RealtimeSafe]
    public override FrameFlags Process(in RenderContext context, in BlockView input, in BlockView output)
    {
        FrameRingReader? reader = _prefetch.Reader;
        bool hasJumped = reader is not null && _prefetch.SkipToSeek(reader);
        if (reader is null || (!_isPlaying && !_prefetch.IsPrimed))
        {
            Clear(output, 0);
            return FrameFlags.Silence;
        }

        if (_place.IsAtEnd)
        {
            return RestAfterEnd(output);
        }

        bool isGap = _gaps.IsGap;
        bool isSeeking = !_prefetch.IsPrimed && !isGap;
        if (isSeeking && (hasJumped || _isJumping))
        {
            return RestInJump(output, 0);
        }

        int jumpAt = _isPlaying && !isGap && (hasJumped || _isJumping) ? 0 : -1;
        int frames = reader.ReadPlanar(output.Channels, output.ChannelCount, 0, output.Frames, out JamAudioFrame frame);
        _isPlaying = true;
        _played += frames;
        if (frames == output.Frames)
        {
            return Pass(context, reader, output, jumpAt, frame.Flags);
        }

        if (isSeeking)
        {
            return RestInJump(output, frames);
        }

        if (reader.IsCompleted)
        {
            return End(context, output, frames, jumpAt);
        }

        FrameFlags flags = frame.Flags | _gaps.Process(output, frames);
        _declicker.Process(output, jumpAt);
        if (_gaps.IsOverdue(_rate))
        {
            Report(context);
        }

        return flags;
    }

    /// <inheritdoc/>
    public override LiveParameter? Live(string parameter) => parameter == "position" ? _place : null;

    /// <inheritdoc/>
    public override void Set(string parameter, ParameterValue value)
    {
        if (parameter == "loop")
        {
            _prefetch.IsLooping = value.Number != 0;
            return;
        }

        base.Set(parameter, value);
    }

    /// <inheritdoc/>
    public override ParameterValue? Get(string parameter) => parameter switch
    {
        "path" => _prefetch.Path,
        "loop" => _prefetch.IsLooping,
        "length" => _prefetch.FileFrames,
        "rate" => _prefetch.FileRate,
        "channels" => OutputChannels,
        "ended" => _place.IsAtEnd,
        "quality" => ResampleQualities.TextOf(_prefetch.Quality),
        "underruns" => _gaps.Gaps,
        "underrun_frames" => _gaps.MissingFrames,
        "predicted_frames" => _gaps.PredictedFrames,
        _ => base.Get(parameter),
    };

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _prefetch.Dispose();
        _gaps.Dispose();
        base.Dispose(disposing);
    }

    // Models are worth their cost while a gap may be near; in the first second they show what they cost.
    [RealtimeSafe]
    private FrameFlags Pass(in RenderContext context, FrameRingReader reader, in BlockView output, int jumpAt, FrameFlags flags)
    {
        if (_gaps.IsGap)
        {
            Report(context);
        }

        if (_gaps.Concealer is { } concealer)
        {
            concealer.IsArmed = _played < _rate || (reader.ReadableFrames < _rate / 4 && !reader.WriterCompleted);
        }

        _isJumping = false;
        _gaps.Process(output, output.Frames);
        _declicker.Process(output, jumpAt);
        return flags;
    }

    // Until a jump has arrived there is nothing to play, and nothing is missing.
    [RealtimeSafe]
    private FrameFlags RestInJump(in BlockView output, int from)
    {
        Clear(output, from);
        _gaps.Process(output, output.Frames);
        _declicker.Process(output, _isJumping ? -1 : from);
        _isJumping = true;
        return FrameFlags.None;
    }

    [RealtimeSafe]
    private FrameFlags End(in RenderContext context, in BlockView output, int frames, int jumpAt)
    {
        Clear(output, frames);
        _gaps.Process(output, output.Frames);
        _declicker.Process(output, jumpAt);
        (_isJumping, _endedFrames) = (false, 0);
        _place.IsAtEnd = true;
        context.Events.TryPush(new RenderEvent(RenderEventKind.Ended, RenderCause.None, Id, context.OutputTime, _played));
        return FrameFlags.None;
    }

    // An end that comes late ends what was predicted softly.
    [RealtimeSafe]
    private FrameFlags RestAfterEnd(in BlockView output)
    {
        Clear(output, 0);
        if (_endedFrames >= GraphFormat.MaxBlockFrames)
        {
            return FrameFlags.Silence;
        }

        _endedFrames += output.Frames;
        _gaps.Process(output, output.Frames);
        _declicker.Process(output, -1);
        return FrameFlags.None;
    }

    [RealtimeSafe]
    private void Report(in RenderContext context) => context.Events.TryPush(new RenderEvent(
        RenderEventKind.Underrun, RenderCause.FileLate, Id, context.OutputTime, _gaps.GapFrames, 0, _gaps.GapPredictedFrames));

    private static void Clear(in BlockView output, int from)
    {
        for (int channel = 0; channel < output.ChannelCount; channel++)
        {
            output.Channel(channel)[from..].Clear();
        }
    }
}
