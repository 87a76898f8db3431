// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Stems;

/// <summary>A place in a take where not everything was recorded.</summary>
/// <param name="Frame">Its first frame.</param>
/// <param name="Frames">Its length; for <see cref="TakeDropoutCause.Overlap"/> the frames left out there.</param>
/// <param name="Cause">Why.</param>
public readonly record struct TakeDropout(long Frame, long Frames, TakeDropoutCause Cause);
