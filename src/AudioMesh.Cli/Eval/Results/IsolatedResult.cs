// SPDX-License-Identifier: MIT
namespace AudioMesh.Cli.Eval.Results;

/// <summary>What came of single gaps in streams without other losses: each filled once, and judged by its first 64 frames, 128, and so on.</summary>
/// <param name="PacketFrames">Frames in a packet.</param>
/// <param name="Lengths">How many frames were judged, ascending.</param>
/// <param name="Overall">Means over the clips, a method each.</param>
/// <param name="Clips">Clip by clip.</param>
/// <param name="Examples">Gaps to look at and to listen to: of each clip the worst and the median one.</param>
internal sealed record IsolatedResult(
    int PacketFrames, IReadOnlyList<int> Lengths, IReadOnlyList<MethodGaps> Overall, IReadOnlyList<ClipGaps> Clips, IReadOnlyList<GapExample> Examples)
{
    /// <summary>The mean of the clip that <paramref name="method"/> does worst at; null where none counted.</summary>
    public double? WorstClipDb(int method, int length) => Clips.Max(clip => clip.Methods[method].ByLength[length]?.MeanDb);
}
