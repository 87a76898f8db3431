// SPDX-License-Identifier: MIT
using AudioMesh.Realtime;

namespace AudioMesh.Graph.Nodes;

/// <summary>What the device records.</summary>
public sealed class DeviceSourceNode : DeviceNode
{
    private DeviceSourceNode(NodeArguments arguments)
        : base(NodeType, arguments, plays: false)
    {
    }

    /// <summary>What <c>describe</c> answers.</summary>
    public static NodeType NodeType { get; } =
        new("device_source", "What the device records.", Parameters, arguments => new DeviceSourceNode(arguments));

    /// <inheritdoc/>
    [RealtimeSafe]
    public override FrameFlags Process(in RenderContext context, in BlockView input, in BlockView output)
    {
        for (int channel = 0; channel < output.ChannelCount; channel++)
        {
            context.Device.Read(First + channel, output.Channel(channel));
        }

        return FrameFlags.None;
    }
}
