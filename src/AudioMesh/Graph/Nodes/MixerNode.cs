// SPDX-License-Identifier: MIT
using AudioMesh.Realtime;

namespace AudioMesh.Graph.Nodes;

/// <summary>Adds up everything connected to it.</summary>
public sealed class MixerNode : GraphNode
{
    private MixerNode(NodeArguments arguments)
        : base(NodeType, arguments.Integer("channels"), arguments.Integer("channels"))
    {
    }

    /// <summary>What <c>describe</c> answers.</summary>
    public static NodeType NodeType { get; } = new(
        "mixer", "Adds up everything connected to it.", [ChannelCounts.Parameter(2)], arguments => new MixerNode(arguments));

    /// <inheritdoc/>
    [RealtimeSafe]
    public override FrameFlags Process(in RenderContext context, in BlockView input, in BlockView output)
    {
        for (int channel = 0; channel < output.ChannelCount; channel++)
        {
            input.Channel(channel).CopyTo(output.Channel(channel));
        }

        return input.Flags;
    }

    /// <inheritdoc/>
    public override ParameterValue? Get(string parameter) => parameter == "channels" ? OutputChannels : null;
}
