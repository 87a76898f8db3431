// SPDX-License-Identifier: MIT
namespace AudioMesh.Graph;

/// <summary>One node's turn in a plan.</summary>
internal unsafe struct PlanStep
{
    public GraphNode Node;

    /// <summary>Connections to mix, a slice of the plan's array.</summary>
    public int FirstEdge;

    public int EdgeCount;

    public int InputChannels;

    /// <summary>Whether its node is not rendered, because it gets ready for another rate.</summary>
    public bool IsResting;

    /// <summary>The clock of what comes in.</summary>
    public int ClockBefore;

    /// <summary>The clock of what comes out.</summary>
    public int ClockAfter;

    public int OutputChannels;

    /// <summary>What the step made: written when its turn is over.</summary>
    public Realtime.FrameFlags Flags;

    /// <summary>Where its output goes: its own until all that read it have had their turn.</summary>
    public float** Outputs;
}
