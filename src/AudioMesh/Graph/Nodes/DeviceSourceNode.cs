// SPDX-License-Identifier: MIT
using AudioMesh.Realtime;

namespace AudioMesh.Graph.Nodes;

/// <summary>What the device records.</summary>
public sealed class DeviceSourceNode : GraphNode
{
    private readonly int _first;

    private DeviceSourceNode(NodeArguments arguments)
        : base(NodeType, 0, arguments.Integer("channels")) => _first = arguments.Integer("first");

    /// <summary>What <c>describe</c> answers.</summary>
    public static NodeType NodeType { get; } = new(
        "device_source",
        "What the device records.",
        [
            ChannelCounts.Parameter(2),
            new("first", ParameterKind.Integer, "Device channel of the first one.") { Default = 0, Min = 0, Max = DevicePorts.MaxChannels - 1 },
        ],
        arguments => new DeviceSourceNode(arguments));

    /// <inheritdoc/>
    [RealtimeSafe]
    public override FrameFlags Process(in RenderContext context, in BlockView input, in BlockView output)
    {
        for (int channel = 0; channel < output.ChannelCount; channel++)
        {
            context.Device.Read(_first + channel, output.Channel(channel));
        }

        return FrameFlags.None;
    }

    /// <inheritdoc/>
    public override ParameterValue? Get(string parameter) => parameter switch
    {
        "channels" => OutputChannels,
        "first" => _first,
        _ => null,
    };
}
