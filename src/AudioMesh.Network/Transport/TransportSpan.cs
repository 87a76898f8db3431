// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Transport;

/// <summary>A part of a block in which the transport does one thing.</summary>
/// <param name="Offset">Its first frame in the block.</param>
/// <param name="Frames">How many frames it has.</param>
/// <param name="Frame">The transport's frame at the first of them.</param>
/// <param name="IsRolling">Whether the transport moves on with them.</param>
public readonly record struct TransportSpan(int Offset, int Frames, long Frame, bool IsRolling);
