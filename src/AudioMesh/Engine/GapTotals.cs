// SPDX-License-Identifier: MIT
using AudioMesh.Graph;
using AudioMesh.Graph.Nodes;

namespace AudioMesh.Engine;

/// <summary>What nodes counted of their gaps, added up.</summary>
internal readonly record struct GapTotals(long Underruns, long UnderrunFrames, long GcUnderruns, long PredictedFrames)
{
    /// <summary>These and what <paramref name="node"/> has counted so far.</summary>
    public GapTotals With(GraphNode node)
    {
        AppSourceNode? source = node as AppSourceNode;
        return new GapTotals(
            Underruns + (source?.Underruns ?? 0),
            UnderrunFrames + (source?.UnderrunFrames ?? 0),
            GcUnderruns + (source?.GcUnderruns ?? 0),
            PredictedFrames + (node.Gaps?.PredictedFrames ?? 0));
    }
}
