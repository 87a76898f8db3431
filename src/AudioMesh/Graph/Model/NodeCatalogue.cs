// SPDX-License-Identifier: MIT
namespace AudioMesh.Graph;

/// <summary>The node types an engine knows. Whoever composes an engine puts it together; an app may add its own.</summary>
public sealed class NodeCatalogue
{
    private readonly SortedDictionary<string, NodeType> _types = new(StringComparer.Ordinal);

    /// <summary>The types of this package; <paramref name="ladspa"/> says which LADSPA plug-ins may be used, none when null.</summary>
    public static NodeCatalogue CreateDefault(Plugins.LadspaHost? ladspa = null) => new NodeCatalogue()
        .Add(Nodes.AppSinkNode.NodeType)
        .Add(Nodes.AppSourceNode.NodeType)
        .Add(Nodes.ChannelMapNode.NodeType)
        .Add(Nodes.DelayNode.NodeType)
        .Add(Nodes.DeviceSinkNode.NodeType)
        .Add(Nodes.DeviceSourceNode.NodeType)
        .Add(Nodes.FileSinkNode.NodeType)
        .Add(Nodes.FileSourceNode.NodeType)
        .Add(Nodes.GainNode.NodeType)
        .Add(LadspaTypes.Create(ladspa ?? new Plugins.LadspaHost()))
        .Add(Nodes.MeterNode.NodeType)
        .Add(Nodes.MidiClockNode.NodeType)
        .Add(Nodes.MixerNode.NodeType)
        .Add(Nodes.PanNode.NodeType)
        .Add(Nodes.ResampleNode.NodeType)
        .Add(Nodes.SpatialNode.NodeType)
        .Add(Nodes.TapNode.NodeType)
        .Add(Nodes.ToneNode.NodeType);

    /// <summary>All types by name.</summary>
    public IReadOnlyCollection<NodeType> Types => _types.Values;

    /// <summary>Adds a type; a name already there is an InvalidArgument.</summary>
    public NodeCatalogue Add(NodeType type)
    {
        if (!_types.TryAdd(type.Name, type))
        {
            throw new AudioMeshException(AudioErrorKind.InvalidArgument, $"There is a node type '{type.Name}' already.");
        }

        return this;
    }

    /// <summary>The type called <paramref name="name"/>. Throws NotFound.</summary>
    public NodeType Find(string name) => _types.TryGetValue(name, out NodeType? type)
        ? type
        : throw new AudioMeshException(AudioErrorKind.NotFound, $"There is no node type '{name}'.")
        {
            Field = "type",
            Allowed = string.Join(", ", _types.Keys),
        };
}
