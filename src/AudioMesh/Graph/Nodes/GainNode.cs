// SPDX-License-Identifier: MIT
using AudioMesh.Dsp;
using AudioMesh.Realtime;

namespace AudioMesh.Graph.Nodes;

/// <summary>Changes the level, without a click.</summary>
public sealed class GainNode : GraphNode
{
    private readonly RampedParameter _gain;

    private GainNode(NodeArguments arguments)
        : base(NodeType, arguments.Integer("channels"), arguments.Integer("channels")) =>
        _gain = new RampedParameter(arguments.Number("db"), db => Decibels.ToGain(db));

    /// <summary>What <c>describe</c> answers.</summary>
    public static NodeType NodeType { get; } = new(
        "gain",
        "Changes the level; ramps over 5 ms.",
        [
            new("db", ParameterKind.Number, "Gain; -120 is silence.") { Default = 0, Min = -120, Max = 48, Unit = "dB", IsLive = true },
            ChannelCounts.Parameter(2),
        ],
        arguments => new GainNode(arguments));

    /// <inheritdoc/>
    [RealtimeSafe]
    public override FrameFlags Process(in RenderContext context, in BlockView input, in BlockView output)
    {
        float gain = (float)_gain.Advance(output.Frames, out double from);
        for (int channel = 0; channel < output.ChannelCount; channel++)
        {
            Span<float> samples = output.Channel(channel);
            input.Channel(channel).CopyTo(samples);
            GainRamp.Apply(samples, (float)from, gain);
        }

        return input.Flags;
    }

    /// <inheritdoc/>
    public override LiveParameter? Live(string parameter) => parameter == "db" ? _gain : null;

    /// <inheritdoc/>
    public override ParameterValue? Get(string parameter) => parameter == "channels" ? OutputChannels : base.Get(parameter);
}
