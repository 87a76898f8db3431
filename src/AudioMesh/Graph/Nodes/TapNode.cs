// SPDX-License-Identifier: MIT
using AudioMesh.Realtime;

namespace AudioMesh.Graph.Nodes;

/// <summary>Gives what the device plays, after everything has been added up, to whatever is connected to it; what the device plays is not changed by it.</summary>
public sealed class TapNode : DeviceNode
{
    private TapNode(NodeArguments arguments)
        : base(NodeType, arguments, plays: false)
    {
    }

    /// <summary>What <c>describe</c> answers.</summary>
    public static NodeType NodeType { get; } =
        new("tap", "What the device plays, to record it or send it on.", Parameters, arguments => new TapNode(arguments));

    /// <inheritdoc/>
    [RealtimeSafe]
    public override FrameFlags Process(in RenderContext context, in BlockView input, in BlockView output)
    {
        bool isSilent = true;
        for (int channel = 0; channel < output.ChannelCount; channel++)
        {
            isSilent &= !context.Device.ReadBack(First + channel, output.Channel(channel));
        }

        return isSilent ? FrameFlags.Silence : FrameFlags.None;
    }
}
