// SPDX-License-Identifier: MIT
namespace AudioMesh.Graph;

/// <summary>One node's turn in a plan.</summary>
internal unsafe struct PlanStep
{
    public GraphNode Node;

    /// <summary>Connections to mix, a slice of the plan's array.</summary>
    public int FirstEdge;

    public int EdgeCount;

    /// <summary>Where the mixed input goes; also where a single unaltered input comes from.</summary>
    public float** Inputs;

    public float** Outputs;
}
