// SPDX-License-Identifier: MIT
using AudioMesh.Realtime;

namespace AudioMesh.Graph.Nodes;

/// <summary>Hands what is connected to it to the device.</summary>
public sealed class DeviceSinkNode : GraphNode
{
    private readonly int _first;

    private DeviceSinkNode(NodeArguments arguments)
        : base(NodeType, arguments.Integer("channels"), 0) => _first = arguments.Integer("first");

    /// <summary>What <c>describe</c> answers.</summary>
    public static NodeType NodeType { get; } = new(
        "device_sink",
        "Plays on the device. Several add up.",
        [
            ChannelCounts.Parameter(2),
            new("first", ParameterKind.Integer, "Device channel of the first one.") { Default = 0, Min = 0, Max = DevicePorts.MaxChannels - 1 },
        ],
        arguments => new DeviceSinkNode(arguments));

    /// <inheritdoc/>
    [RealtimeSafe]
    public override FrameFlags Process(in RenderContext context, in BlockView input, in BlockView output)
    {
        for (int channel = 0; channel < input.ChannelCount; channel++)
        {
            context.Device.Write(_first + channel, input.Channel(channel));
        }

        return input.Flags;
    }

    /// <inheritdoc/>
    public override ParameterValue? Get(string parameter) => parameter switch
    {
        "channels" => InputChannels,
        "first" => _first,
        _ => null,
    };
}
