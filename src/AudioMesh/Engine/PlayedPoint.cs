// SPDX-License-Identifier: MIT
using AudioMesh.Clock;

namespace AudioMesh.Engine;

/// <summary>A position in the stream and the mesh time at which it leaves the device.</summary>
/// <param name="Position">Frames since the engine's creation.</param>
/// <param name="OutputTime">When.</param>
public readonly record struct PlayedPoint(FrameCount Position, MeshTime OutputTime);
