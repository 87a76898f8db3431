// SPDX-License-Identifier: MIT
using AudioMesh.Realtime;

namespace AudioMesh.Graph.Nodes;

/// <summary>Hands what is connected to it to the device.</summary>
public sealed class DeviceSinkNode : DeviceNode
{
    private DeviceSinkNode(NodeArguments arguments)
        : base(NodeType, arguments, plays: true)
    {
    }

    /// <summary>What <c>describe</c> answers.</summary>
    public static NodeType NodeType { get; } =
        new("device_sink", "Plays on the device. Several add up.", Parameters, arguments => new DeviceSinkNode(arguments));

    /// <inheritdoc/>
    [RealtimeSafe]
    public override FrameFlags Process(in RenderContext context, in BlockView input, in BlockView output)
    {
        for (int channel = 0; channel < input.ChannelCount; channel++)
        {
            context.Device.Write(First + channel, input.Channel(channel));
        }

        return input.Flags;
    }
}
