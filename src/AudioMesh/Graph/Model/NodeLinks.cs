// SPDX-License-Identifier: MIT
namespace AudioMesh.Graph;

/// <summary>Where a node stands in its topology. Control side.</summary>
internal sealed class NodeLinks
{
    /// <summary>What feeds it, in the order in which that was connected.</summary>
    public List<GraphEdge> Incoming { get; } = [];

    /// <summary>What it feeds.</summary>
    public List<GraphEdge> Outgoing { get; } = [];

    /// <summary>Its place in the order that was asked for last.</summary>
    public int Place { get; set; }
}
