// SPDX-License-Identifier: MIT
using AudioMesh.Files;
using AudioMesh.Graph;
using AudioMesh.Realtime;

namespace AudioMesh.Network.Transport;

/// <summary>
/// A file that moves with a transport: its frame 0 is heard at a frame of the transport, and wherever that goes, on the sample. It is held in memory, so that it is ready wherever
/// the transport is located to. A transport that follows mesh time has it resampled by the little that the device's clock is off; else it is played bit by bit.
/// </summary>
public sealed class ClipNode : GraphNode
{
    /// <summary>The most samples of a file, all channels together: 256 MiB.</summary>
    public const long MostSamples = 64L << 20;

    /// <summary>Less than this many frames from where it was to go on is going on.</summary>
    private const double SameFrames = 1e-3;

    private readonly TransportClock _clock;
    private readonly ClipSound _sound;
    private readonly Declicker _declicker;
    private readonly ClipStart _start;
    private double _expected = double.NaN;

    private ClipNode(NodeType type, TransportClock clock, ClipSound sound, long start)
        : base(type, 0, sound.Info.Channels)
    {
        (_clock, _sound, _start) = (clock, sound, new ClipStart(start));
        _declicker = new Declicker(sound.Info.Channels);
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
            arguments => new ClipNode(type!, clock, ClipSound.Load(arguments.Text("path"), MostSamples), (long)arguments.Number("start")));
        return nodes.Add(type);
    }

    /// <summary>Throws FormatUnsupported where the device has another rate than the file.</summary>
    public override void Prepare(GraphFormat format)
    {
        AudioFileInfo info = _sound.Info;
        if (format.Rate != info.Rate)
        {
            throw new AudioMeshException(
                AudioErrorKind.FormatUnsupported, $"clip: {info.Path} has {info.Rate} frames per second, the device {format.Rate}.") { Field = "path" };
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
            double place = span.IsRolling ? span.Frame - start + span.Part : double.NaN;
            bool breaksOff = _expected > 0 && _expected < _sound.Info.Frames && !(Math.Abs(place - _expected) < SameFrames);
            jumpAt = breaksOff && jumpAt < 0 ? span.Offset : jumpAt;
            isHeard |= Play(output, span, span.Frame - start);
            _expected = place + (span.Frames * span.Step);
        }

        _declicker.Process(output, jumpAt);
        return isHeard || jumpAt >= 0 ? FrameFlags.None : FrameFlags.Silence;
    }

    /// <inheritdoc/>
    public override LiveParameter? Live(string parameter) => parameter == "start" ? _start : null;

    /// <inheritdoc/>
    public override ParameterValue? Get(string parameter) => parameter switch
    {
        "path" => _sound.Info.Path,
        "start" => _start.Frame,
        "length" => _sound.Info.Frames,
        _ => null,
    };

    [RealtimeSafe]
    private bool Play(in BlockView output, in TransportSpan span, long from)
    {
        bool isHeard = span.IsRolling && from < _sound.Info.Frames && from + (2L * span.Frames) > 0;
        bool isWhole = span.Step == 1 && span.Part == 0;
        for (int channel = 0; channel < output.ChannelCount; channel++)
        {
            Span<float> samples = output.Channel(channel).Slice(span.Offset, span.Frames);
            if (!isHeard)
            {
                samples.Clear();
            }
            else if (isWhole)
            {
                _sound.Copy(channel, from, samples);
            }
            else
            {
                _sound.Resample(channel, from, span.Part, span.Step, samples);
            }
        }

        return isHeard;
    }
}
