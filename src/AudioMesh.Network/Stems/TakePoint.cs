// SPDX-License-Identifier: MIT
using AudioMesh.Clock;

namespace AudioMesh.Network.Stems;

/// <summary>When a frame of a take was heard.</summary>
/// <param name="Frame">Counted from the take's first.</param>
/// <param name="MeshTime">When it reached the host's input.</param>
/// <param name="ErrorNs">How far that may be from the truth, nanoseconds: the device's clock and mesh time together.</param>
public readonly record struct TakePoint(long Frame, MeshTime MeshTime, double ErrorNs);
