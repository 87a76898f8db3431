// SPDX-License-Identifier: MIT
using AudioMesh.Dsp;
using AudioMesh.Realtime;

namespace AudioMesh.Graph.Nodes;

/// <summary>A test signal, the same on every channel.</summary>
public sealed class ToneNode : GraphNode
{
    /// <summary>Frames of one frequency while that moves.</summary>
    private const int MovingFrames = 8;

    private readonly string _name;
    private readonly double _endHz;
    private readonly double _sweepSeconds;
    private readonly ToneWave _wave;
    private readonly RampedParameter _gain;
    private readonly RampedParameter _frequencyHz;
    private int _rate;

    private ToneNode(NodeArguments arguments)
        : base(NodeType, 0, arguments.Integer("channels"))
    {
        _name = arguments.Text("wave");
        _endHz = arguments.Number("to");
        _sweepSeconds = arguments.Number("seconds");
        _wave = ToneWave.Create(_name, _endHz, _sweepSeconds);
        _frequencyHz = new RampedParameter(arguments.Number("freq"), usualFrames: 0);
        _gain = new RampedParameter(arguments.Number("db"), db => Decibels.ToGain(db));
    }

    /// <summary>What <c>describe</c> answers.</summary>
    public static NodeType NodeType { get; } = new(
        "tone",
        "A test signal, the same on every channel.",
        [
            new("wave", ParameterKind.Choice, "What is heard: noise has no frequency, a sweep begins at it.") { Default = "sine", Choices = ToneWave.Names },
            new("freq", ParameterKind.Number, "Frequency.") { Default = 440, Min = 1, Max = 192000, Unit = "Hz", IsLive = true },
            new("db", ParameterKind.Number, "Peak level; 0 is full scale.") { Default = 0, Min = -120, Max = 24, Unit = "dB", IsLive = true },
            new("to", ParameterKind.Number, "Where a sweep ends, and begins again.") { Default = 20000, Min = 1, Max = 192000, Unit = "Hz" },
            new("seconds", ParameterKind.Number, "How long a sweep takes.") { Default = 10, Min = 0.01, Max = 3600, Unit = "s" },
            ChannelCounts.Parameter(2),
        ],
        arguments => new ToneNode(arguments));

    /// <inheritdoc/>
    public override void Prepare(GraphFormat format) => _rate = format.Rate;

    /// <inheritdoc/>
    [RealtimeSafe]
    public override FrameFlags Process(in RenderContext context, in BlockView input, in BlockView output)
    {
        Span<float> first = output.Channel(0);
        RenderWave(first);
        float gain = (float)_gain.Advance(first.Length, out double from);
        GainRamp.Apply(first, (float)from, gain);
        for (int channel = 1; channel < output.ChannelCount; channel++)
        {
            first.CopyTo(output.Channel(channel));
        }

        return FrameFlags.None;
    }

    /// <inheritdoc/>
    public override LiveParameter? Live(string parameter) => parameter switch
    {
        "freq" => _frequencyHz,
        "db" => _gain,
        _ => null,
    };

    /// <inheritdoc/>
    public override ParameterValue? Get(string parameter) => parameter switch
    {
        "wave" => _name,
        "to" => _endHz,
        "seconds" => _sweepSeconds,
        "channels" => OutputChannels,
        _ => base.Get(parameter),
    };

    [RealtimeSafe]
    private void RenderWave(Span<float> samples)
    {
        while (samples.Length > 0)
        {
            int count = _frequencyHz.FramesLeft > 0 ? Math.Min(MovingFrames, samples.Length) : samples.Length;
            double to = _frequencyHz.Advance(count, out double from);
            _wave.Render(samples[..count], (from + to) / 2 / _rate, _rate);
            samples = samples[count..];
        }
    }
}
