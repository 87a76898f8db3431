// SPDX-License-Identifier: MIT
namespace AudioMesh.Graph.Nodes;

/// <summary>A node at a run of the device's channels.</summary>
public abstract class DeviceNode : GraphNode
{
    private protected DeviceNode(NodeType type, NodeArguments arguments, bool plays)
        : base(type, plays ? arguments.Integer("channels") : 0, plays ? 0 : arguments.Integer("channels")) => First = arguments.Integer("first");

    private protected static ParameterDescriptor[] Parameters { get; } =
    [
        ChannelCounts.Parameter(2),
        new("first", ParameterKind.Integer, "Device channel of the first one.") { Default = 0, Min = 0, Max = DevicePorts.MaxChannels - 1 },
    ];

    /// <summary>The device's channel of the first one.</summary>
    private protected int First { get; }

    /// <inheritdoc/>
    public override bool RunsWithDevice => true;

    /// <inheritdoc/>
    public override ParameterValue? Get(string parameter) => parameter switch
    {
        "channels" => InputChannels + OutputChannels,
        "first" => First,
        _ => null,
    };
}
