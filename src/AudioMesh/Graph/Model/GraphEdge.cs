// SPDX-License-Identifier: MIT
namespace AudioMesh.Graph;

/// <summary>One connection. It fades in when made and out before it goes, while the graph is rendered.</summary>
public sealed class GraphEdge(GraphNode from, GraphNode to, bool fadesIn)
{
    /// <summary>The node whose output it takes.</summary>
    public GraphNode From { get; } = from;

    /// <summary>The node it brings it to.</summary>
    public GraphNode To { get; } = to;

    /// <summary>Its gain: 1 when settled, on its way to 0 when about to go.</summary>
    public RampedValue Gain { get; } = new(fadesIn ? 0 : 1) { Target = 1 };
}
