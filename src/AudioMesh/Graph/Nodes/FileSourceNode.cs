// SPDX-License-Identifier: MIT
using AudioMesh.Realtime;

namespace AudioMesh.Graph.Nodes;

/// <summary>Plays a file, converted to the device's rate; read ahead on the worker thread.</summary>
public sealed unsafe class FileSourceNode : GraphNode
{
    private readonly FilePrefetch _prefetch;
    private readonly Declicker _declicker;
    private bool _isPlaying;
    private bool _hasEnded;
    private long _gapFrames;
    private long _underruns;

    private FileSourceNode(FilePrefetch prefetch)
        : base(NodeType, 0, prefetch.Channels)
    {
        _prefetch = prefetch;
        _declicker = new Declicker(OutputChannels);
    }

    /// <summary>What <c>describe</c> answers.</summary>
    public static NodeType NodeType { get; } = new(
        "file_source",
        "Plays a file at the device's rate; as many channels as the file has.",
        [
            new("path", ParameterKind.Text, "The file: WAV, and what libsndfile reads where it is installed."),
            new("loop", ParameterKind.Flag, "Begin again at the end.") { Default = false, IsLive = true },
            new("position", ParameterKind.Number, "Where in the file; set it to jump.") { Default = 0, Min = 0, Max = 1e12, Unit = "frames", IsLive = true },
            new("length", ParameterKind.Integer, "Frames in the file.") { IsReadOnly = true, Unit = "frames" },
            new("rate", ParameterKind.Integer, "The file's frames per second.") { IsReadOnly = true, Unit = "Hz" },
            new("channels", ParameterKind.Integer, "The file's channels.") { IsReadOnly = true },
            new("ended", ParameterKind.Flag, "Whether its end was played.") { IsReadOnly = true },
            new("underruns", ParameterKind.Integer, "Gaps because the file was not read in time.") { IsReadOnly = true },
        ],
        arguments => new FileSourceNode(
            new FilePrefetch(arguments.Text("path"), arguments.Flag("loop"), (long)arguments.Number("position"))));

    /// <inheritdoc/>
    public override IBackgroundWork Background => _prefetch;

    /// <inheritdoc/>
    public override void Prepare(GraphFormat format) => _prefetch.Prepare(format.Rate);

    /// <inheritdoc/>
    [RealtimeSafe]
    public override FrameFlags Process(in RenderContext context, in BlockView input, in BlockView output)
    {
        FrameRingReader? reader = _prefetch.Reader;
        bool hasJumped = reader is not null && _prefetch.SkipToSeek(reader);
        if (reader is null || _hasEnded || (!_isPlaying && !_prefetch.IsPrimed))
        {
            Clear(output, 0);
            return FrameFlags.Silence;
        }

        int frames = reader.ReadPlanar(output.Channels, output.ChannelCount, 0, output.Frames, out JamAudioFrame frame);
        bool wasGap = _gapFrames > 0;
        bool isStart = !_isPlaying;
        _isPlaying = true;
        int jumpAt = (wasGap && frames > 0) || (hasJumped && !isStart) ? 0 : -1;
        if (frames < output.Frames)
        {
            Clear(output, frames);
            if (_prefetch.IsSeeking)
            {
                jumpAt = wasGap ? jumpAt : frames;
            }
            else if (reader.IsCompleted)
            {
                _hasEnded = true;
                context.Events.TryPush(
                    new RenderEvent(RenderEventKind.Ended, RenderCause.None, Id, context.OutputTime, (long)reader.Position));
            }
            else
            {
                jumpAt = wasGap ? jumpAt : frames;
                CountGap(output.Frames - frames, wasGap);
            }
        }
        else if (wasGap)
        {
            context.Events.TryPush(
                new RenderEvent(RenderEventKind.Underrun, RenderCause.FileLate, Id, context.OutputTime, _gapFrames));
            _gapFrames = 0;
        }

        _declicker.Process(output, jumpAt);
        return _gapFrames > 0 ? FrameFlags.Dropout : frame.Flags;
    }

    /// <inheritdoc/>
    public override void Set(string parameter, ParameterValue value)
    {
        switch (parameter)
        {
            case "loop":
                _prefetch.IsLooping = value.Number != 0;
                break;
            case "position":
                _prefetch.SeekTo((long)value.Number);
                Volatile.Write(ref _hasEnded, false);
                break;
            default:
                base.Set(parameter, value);
                break;
        }
    }

    /// <inheritdoc/>
    public override ParameterValue? Get(string parameter) => parameter switch
    {
        "path" => _prefetch.Path,
        "loop" => _prefetch.IsLooping,
        "position" => _prefetch.PlayedFileFrames,
        "length" => _prefetch.FileFrames,
        "rate" => _prefetch.FileRate,
        "channels" => OutputChannels,
        "ended" => Volatile.Read(ref _hasEnded),
        "underruns" => Volatile.Read(ref _underruns),
        _ => null,
    };

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _prefetch.Dispose();
        base.Dispose(disposing);
    }

    private void CountGap(int frames, bool wasGap)
    {
        _gapFrames += frames;
        if (!wasGap)
        {
            Volatile.Write(ref _underruns, _underruns + 1);
        }
    }

    private static void Clear(in BlockView output, int from)
    {
        for (int channel = 0; channel < output.ChannelCount; channel++)
        {
            output.Channel(channel)[from..].Clear();
        }
    }
}
