// SPDX-License-Identifier: MIT
using AudioMesh.Dsp;
using AudioMesh.Realtime;

namespace AudioMesh.Graph.Nodes;

/// <summary>Places a mono signal between left and right by <see cref="Pan"/>, or weights the sides of a stereo one by <see cref="Balance"/>.</summary>
public sealed class PanNode : GraphNode
{
    private readonly RampedParameter _position;

    private PanNode(NodeArguments arguments)
        : base(NodeType, arguments.Integer("channels"), 2) => _position = new RampedParameter(arguments.Number("position"));

    /// <summary>What <c>describe</c> answers.</summary>
    public static NodeType NodeType { get; } = new(
        "pan",
        "Places a mono signal between left and right with equal power, or weights the sides of a stereo one; two channels come out.",
        [
            new("position", ParameterKind.Number, "-1 is left, 0 the middle, 1 right.") { Default = 0, Min = -1, Max = 1, IsLive = true },
            new("channels", ParameterKind.Integer, "Channels that go in.") { Default = 1, Min = 1, Max = 2 },
        ],
        arguments => new PanNode(arguments));

    /// <inheritdoc/>
    [RealtimeSafe]
    public override FrameFlags Process(in RenderContext context, in BlockView input, in BlockView output)
    {
        float to = (float)_position.Advance(output.Frames, out double start);
        float from = (float)start;
        Span<float> left = output.Channel(0);
        Span<float> right = output.Channel(1);
        if (InputChannels == 1)
        {
            left.Clear();
            right.Clear();
            Pan.Add(input.Channel(0), from, to, left, right);
        }
        else
        {
            input.Channel(0).CopyTo(left);
            input.Channel(1).CopyTo(right);
            Balance.Apply(left, right, from, to);
        }

        return input.Flags;
    }

    /// <inheritdoc/>
    public override LiveParameter? Live(string parameter) => parameter == "position" ? _position : null;

    /// <inheritdoc/>
    public override ParameterValue? Get(string parameter) => parameter == "channels" ? InputChannels : base.Get(parameter);
}
