// SPDX-License-Identifier: MIT
using AudioMesh.Dsp;
using AudioMesh.Realtime;

namespace AudioMesh.Graph.Nodes;

/// <summary>A sine on every channel.</summary>
public sealed class ToneNode : GraphNode
{
    private readonly RampedValue _gain;
    private double _frequencyHz;
    private double _phase;
    private double _cyclesPerFrame;
    private int _rate;

    private ToneNode(NodeArguments arguments)
        : base(NodeType, 0, arguments.Integer("channels"))
    {
        _frequencyHz = arguments.Number("freq");
        _gain = new RampedValue(Decibels.ToGain(arguments.Number("db")));
    }

    /// <summary>What <c>describe</c> answers.</summary>
    public static NodeType NodeType { get; } = new(
        "tone",
        "A sine on every channel.",
        [
            new("freq", ParameterKind.Number, "Frequency.") { Default = 440, Min = 1, Max = 192000, Unit = "Hz", IsLive = true },
            new("db", ParameterKind.Number, "Peak level; 0 is full scale.") { Default = 0, Min = -120, Max = 24, Unit = "dB", IsLive = true },
            ChannelCounts.Parameter(2),
        ],
        arguments => new ToneNode(arguments));

    /// <inheritdoc/>
    public override void Prepare(GraphFormat format)
    {
        _rate = format.Rate;
        Volatile.Write(ref _cyclesPerFrame, _frequencyHz / _rate);
    }

    /// <inheritdoc/>
    [RealtimeSafe]
    public override FrameFlags Process(in RenderContext context, in BlockView input, in BlockView output)
    {
        double step = Volatile.Read(ref _cyclesPerFrame);
        double phase = _phase;
        Span<float> first = output.Channel(0);
        for (int i = 0; i < first.Length; i++)
        {
            first[i] = (float)Math.Sin(phase * Math.Tau);
            phase += step;
            phase -= Math.Floor(phase);
        }

        _phase = phase;
        float gain = _gain.Advance(first.Length, out float from);
        GainRamp.Apply(first, from, gain);
        for (int channel = 1; channel < output.ChannelCount; channel++)
        {
            first.CopyTo(output.Channel(channel));
        }

        return FrameFlags.None;
    }

    /// <inheritdoc/>
    public override void Set(string parameter, ParameterValue value)
    {
        switch (parameter)
        {
            case "freq":
                _frequencyHz = value.Number;
                Volatile.Write(ref _cyclesPerFrame, _rate == 0 ? 0 : _frequencyHz / _rate);
                break;
            case "db":
                _gain.Target = Decibels.ToGain(value.Number);
                break;
            default:
                base.Set(parameter, value);
                break;
        }
    }

    /// <inheritdoc/>
    public override ParameterValue? Get(string parameter) => parameter switch
    {
        "freq" => _frequencyHz,
        "db" => Decibels.FromGain(_gain.Target),
        "channels" => OutputChannels,
        _ => null,
    };
}
