// SPDX-License-Identifier: MIT
using AudioMesh.Files;
using AudioMesh.Graph;
using AudioMesh.Realtime;

namespace AudioMesh.Network.Transport;

/// <summary>
/// A file that moves with a transport: its frame 0 is heard at a frame of the transport, and wherever that goes, on the sample. It is held in memory, so that it is ready wherever
/// the transport is located to.
/// </summary>
public sealed unsafe class ClipNode : GraphNode
{
    /// <summary>The most samples of a file, all channels together: 256 MiB.</summary>
    public const long MostSamples = 64L << 20;

    private const int ReadFrames = 4096;
    private readonly TransportClock _clock;
    private readonly AudioFileInfo _info;
    private readonly float[][] _sound;
    private readonly Declicker _declicker;
    private readonly ClipStart _start;
    private long _expected = long.MinValue;

    private ClipNode(NodeType type, TransportClock clock, AudioFileInfo info, float[][] sound, long start)
        : base(type, 0, info.Channels)
    {
        (_clock, _info, _sound, _start) = (clock, info, sound, new ClipStart(start));
        _declicker = new Declicker(info.Channels);
    }

    /// <summary>Adds <c>clip</c> to <paramref name="nodes"/>, which follows <paramref name="clock"/>, that of the same engine.</summary>
    public static NodeCatalogue Add(NodeCatalogue nodes, TransportClock clock)
    {
        NodeType? type = null;
        type = new NodeType(
            "clip",
            "A file in memory that moves with the engine's transport; as many channels as the file has.",
            [
                new("path", ParameterKind.Text, "The file, of the device's rate: WAV, and what libsndfile reads where it is installed."),
                new("start", ParameterKind.Number, "The transport frame at which the file begins.") { Default = 0, Min = -1e12, Max = 1e12, Unit = "frames", IsLive = true },
                new("length", ParameterKind.Integer, "Frames in the file.") { IsReadOnly = true, Unit = "frames" },
            ],
            arguments =>
            {
                (AudioFileInfo info, float[][] sound) = Load(arguments.Text("path"));
                return new ClipNode(type!, clock, info, sound, (long)arguments.Number("start"));
            });
        return nodes.Add(type);
    }

    /// <summary>Throws FormatUnsupported where the device has another rate than the file.</summary>
    public override void Prepare(GraphFormat format)
    {
        if (format.Rate != _info.Rate)
        {
            throw new AudioMeshException(
                AudioErrorKind.FormatUnsupported, $"clip: {_info.Path} has {_info.Rate} frames per second, the device {format.Rate}.") { Field = "path" };
        }
    }

    /// <inheritdoc/>
    [RealtimeSafe]
    public override FrameFlags Process(in RenderContext context, in BlockView input, in BlockView output)
    {
        long start = _start.Frame;
        int jumpAt = -1;
        bool isHeard = false;
        foreach (TransportSpan span in _clock.Spans)
        {
            long from = span.IsRolling ? span.Frame - start : long.MinValue;
            bool breaksOff = _expected > 0 && _expected < _info.Frames && from != _expected;
            jumpAt = breaksOff && jumpAt < 0 ? span.Offset : jumpAt;
            isHeard |= Copy(output, span, from);
            _expected = span.IsRolling ? from + span.Frames : long.MinValue;
        }

        _declicker.Process(output, jumpAt);
        return isHeard || jumpAt >= 0 ? FrameFlags.None : FrameFlags.Silence;
    }

    /// <inheritdoc/>
    public override LiveParameter? Live(string parameter) => parameter == "start" ? _start : null;

    /// <inheritdoc/>
    public override ParameterValue? Get(string parameter) => parameter switch
    {
        "path" => _info.Path,
        "start" => _start.Frame,
        "length" => _info.Frames,
        _ => null,
    };

    private static (AudioFileInfo Info, float[][] Sound) Load(string path)
    {
        using IAudioFileReader reader = AudioFile.OpenRead(path);
        AudioFileInfo info = reader.Info;
        if (info.Frames * info.Channels > MostSamples)
        {
            throw new AudioMeshException(AudioErrorKind.LimitExceeded, $"clip: {path} has {info.Frames} frames of {info.Channels} channels, more than {MostSamples} samples.") { Field = "path" };
        }

        float[][] sound = [.. Enumerable.Range(0, info.Channels).Select(_ => new float[info.Frames])];
        float[] block = new float[ReadFrames * info.Channels];
        for (int at = 0, frames; (frames = Math.Min(reader.Read(block), (int)info.Frames - at)) > 0; at += frames)
        {
            for (int i = 0; i < frames * info.Channels; i++)
            {
                sound[i % info.Channels][at + (i / info.Channels)] = block[i];
            }
        }

        return (info, sound);
    }

    [RealtimeSafe]
    private bool Copy(in BlockView output, in TransportSpan span, long from)
    {
        int quiet = span.IsRolling ? (int)Math.Clamp(-from, 0, span.Frames) : span.Frames;
        int frames = span.IsRolling ? (int)Math.Clamp(_info.Frames - from - quiet, 0, span.Frames - quiet) : 0;
        for (int channel = 0; channel < output.ChannelCount; channel++)
        {
            Span<float> samples = output.Channel(channel).Slice(span.Offset, span.Frames);
            samples.Clear();
            if (frames > 0)
            {
                new ReadOnlySpan<float>(_sound[channel], (int)(from + quiet), frames).CopyTo(samples[quiet..]);
            }
        }

        return frames > 0;
    }
}
