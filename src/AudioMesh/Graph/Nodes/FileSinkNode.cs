// SPDX-License-Identifier: MIT
using AudioMesh.Realtime;

namespace AudioMesh.Graph.Nodes;

/// <summary>Records what is connected to it into a file; written on the worker thread. A full disk ends it, and what was written stays playable.</summary>
public sealed unsafe class FileSinkNode : GraphNode
{
    private readonly FileSpool _spool;
    private long _openLoss;
    private long _lostFrames;

    private FileSinkNode(NodeArguments arguments)
        : base(NodeType, arguments.Integer("channels"), 0) => _spool = new FileSpool(
            arguments.Text("path"), InputChannels, Formats[arguments.Text("format")], arguments.Flag("overwrite"));

    /// <summary>What <c>describe</c> answers.</summary>
    public static NodeType NodeType { get; } = new(
        "file_sink",
        "Records into a file: WAV (RF64 beyond 4 GiB); FLAC and others by libsndfile where it is installed.",
        [
            new("path", ParameterKind.Text, "The file to make; its extension chooses the container."),
            ChannelCounts.Parameter(2),
            new("format", ParameterKind.Choice, "Sample format; auto is f32, or the most that the container holds.") { Default = "auto", Choices = ["auto", "s16", "s24", "s32", "f32"] },
            new("overwrite", ParameterKind.Flag, "Replace a file that is there already.") { Default = false },
            new("position", ParameterKind.Integer, "Frames written.") { IsReadOnly = true, Unit = "frames" },
            new("lost_frames", ParameterKind.Integer, "Frames lost because the disk was not fast enough.") { IsReadOnly = true, Unit = "frames" },
        ],
        arguments => new FileSinkNode(arguments));

    private static Dictionary<string, Files.FileSampleFormat?> Formats { get; } = new()
    {
        ["auto"] = null,
        ["s16"] = Files.FileSampleFormat.Int16,
        ["s24"] = Files.FileSampleFormat.Int24,
        ["s32"] = Files.FileSampleFormat.Int32,
        ["f32"] = Files.FileSampleFormat.Float32,
    };

    /// <inheritdoc/>
    public override IBackgroundWork Background => _spool;

    /// <inheritdoc/>
    public override void Prepare(GraphFormat format) => _spool.Prepare(format.Rate);

    /// <inheritdoc/>
    [RealtimeSafe]
    public override FrameFlags Process(in RenderContext context, in BlockView input, in BlockView output)
    {
        if (_spool.Writer is not { } writer)
        {
            return input.Flags;
        }

        int written = writer.WritePlanar(input.Channels, 0, input.Frames, context.OutputTime, input.Flags);
        if (written < input.Frames)
        {
            _openLoss += input.Frames - written;
            Volatile.Write(ref _lostFrames, _lostFrames + input.Frames - written);
        }
        else if (_openLoss > 0)
        {
            context.Events.TryPush(new RenderEvent(RenderEventKind.Overflow, RenderCause.FileLate, Id, context.OutputTime, _openLoss));
            _openLoss = 0;
        }

        return input.Flags;
    }

    /// <inheritdoc/>
    public override ParameterValue? Get(string parameter) => parameter switch
    {
        "path" => _spool.Path,
        "channels" => InputChannels,
        "position" => _spool.WrittenFrames,
        "lost_frames" => Volatile.Read(ref _lostFrames),
        _ => null,
    };

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _spool.Dispose();
        base.Dispose(disposing);
    }
}
