// SPDX-License-Identifier: MIT
using AudioMesh.Cli.Eval.Losses;

namespace AudioMesh.Cli.Eval.Results;

/// <summary>What came of streams that lost packets in one way.</summary>
/// <param name="Scenario">The way.</param>
/// <param name="TraceHash">Of which packets were lost, over all clips.</param>
/// <param name="Overall">Means over the clips, a method each; a clip that lost nothing does not count.</param>
/// <param name="Clips">Clip by clip.</param>
internal sealed record StreamResult(LossScenario Scenario, ulong TraceHash, IReadOnlyList<MethodFigures> Overall, IReadOnlyList<ClipStream> Clips)
{
    /// <summary>The share of packets that was lost.</summary>
    public double LostShare => Clips.Sum(clip => (double)clip.LostPackets) / Math.Max(Clips.Sum(clip => (double)clip.Packets), 1);
}
