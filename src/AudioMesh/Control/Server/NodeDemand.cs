// SPDX-License-Identifier: MIT
using System.Numerics;
using AudioMesh.Graph;
using AudioMesh.Graph.Nodes;

namespace AudioMesh.Control.Server;

/// <summary>What a node takes of its client's share, told by its arguments, so that it can be told before it is made: rings have frames, delays a longest one.</summary>
internal readonly record struct NodeDemand(int Nodes, int Rings, long Bytes, int FileSinks)
{
    private const double MostFrames = 1u << 31;

    public static NodeDemand operator +(NodeDemand left, NodeDemand right) =>
        new(left.Nodes + right.Nodes, left.Rings + right.Rings, left.Bytes + right.Bytes, left.FileSinks + right.FileSinks);

    /// <summary>What a node takes on a device of <paramref name="deviceRate"/>.</summary>
    public static NodeDemand Of(GraphNode node, int deviceRate) => Of(node.Type, name => node.Arguments?[name], deviceRate);

    /// <summary>What a node would take that is made of <paramref name="given"/>, which nobody has checked yet.</summary>
    public static NodeDemand Of(NodeType type, IReadOnlyDictionary<string, ParameterValue> given, int deviceRate) =>
        Of(type, name => given.TryGetValue(name, out ParameterValue value) ? value : type.Find(name)?.Default, deviceRate);

    private static NodeDemand Of(NodeType type, Func<string, ParameterValue?> argument, int deviceRate)
    {
        double Number(string name) => Math.Clamp(argument(name)?.Number ?? 0, 0, MostFrames);
        bool hasRing = argument("shared") is not null;
        double frames = hasRing ? BitOperations.RoundUpToPowerOf2((uint)Number("frames")) : Number("longest") / 1000 * deviceRate;
        return new NodeDemand(
            1, hasRing ? 1 : 0, (long)(frames * Math.Max(1, Number("channels")) * sizeof(float)), type.Name == FileSinkNode.NodeType.Name ? 1 : 0);
    }
}
