// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Wire;

/// <summary>A stream that somebody wants.</summary>
/// <param name="Owner">Who offers it.</param>
/// <param name="StreamId">Which of the owner's streams.</param>
public readonly record struct StreamWish(ulong Owner, uint StreamId);
