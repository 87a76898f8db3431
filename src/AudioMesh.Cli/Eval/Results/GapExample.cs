// SPDX-License-Identifier: MIT
namespace AudioMesh.Cli.Eval.Results;

/// <summary>A single gap with what is around it.</summary>
/// <param name="Clip">The name of the clip.</param>
/// <param name="Why">What it is an example of: <c>worst</c> or <c>median</c>, by the mean over the lengths of <paramref name="Judged"/>.</param>
/// <param name="Judged">The method by which it was chosen.</param>
/// <param name="Rate">Frames per second.</param>
/// <param name="StartFrame">The first lost frame, counted in the clip.</param>
/// <param name="LeadFrames">The first lost frame, counted in the excerpts.</param>
/// <param name="GapFrames">How many were lost.</param>
/// <param name="Reference">What should have been heard: 4096 frames or more before the gap, the gap, and as many after it where the clip has them.</param>
/// <param name="Fills">What was heard instead, a method each.</param>
internal sealed record GapExample(
    string Clip, string Why, string Judged, int Rate, int StartFrame, int LeadFrames, int GapFrames, float[] Reference, IReadOnlyList<GapFill> Fills);
