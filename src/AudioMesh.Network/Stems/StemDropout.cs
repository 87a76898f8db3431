// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Stems;

/// <summary>A dropout of a take, where it lies in the stem.</summary>
/// <param name="Frame">Its first frame in the stem.</param>
/// <param name="Frames">Its frames there; 0 for <see cref="TakeDropoutCause.Overlap"/>.</param>
/// <param name="Cause">Why.</param>
public readonly record struct StemDropout(long Frame, long Frames, TakeDropoutCause Cause);
