// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Transport;

/// <summary>A part of a block in which the transport does one thing.</summary>
/// <param name="Offset">Its first frame in the block.</param>
/// <param name="Frames">How many frames it has.</param>
/// <param name="Frame">The transport's frame at the first of them.</param>
/// <param name="IsRolling">Whether the transport moves on with them.</param>
/// <param name="Part">What part of a frame the transport is beyond <paramref name="Frame"/>, 0 to less than 1.</param>
/// <param name="Step">How many frames the transport moves on with each of them.</param>
public readonly record struct TransportSpan(int Offset, int Frames, long Frame, bool IsRolling, double Part = 0, double Step = 1);
