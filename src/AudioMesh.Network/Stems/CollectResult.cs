// SPDX-License-Identifier: MIT
using AudioMesh.Clock;

namespace AudioMesh.Network.Stems;

/// <summary>Stems that begin together.</summary>
/// <param name="ProjectPath">The project of Reaper that opens them all.</param>
/// <param name="ArdourPath">The session of Ardour that does.</param>
/// <param name="Rate">Frames per second.</param>
/// <param name="Start">The mesh time of frame 0 of every stem, to the nanosecond.</param>
/// <param name="Frames">The length of every stem.</param>
/// <param name="Stems">The stems, in the order of their hosts and names.</param>
public sealed record CollectResult(string ProjectPath, string ArdourPath, int Rate, MeshTime Start, long Frames, IReadOnlyList<CollectedStem> Stems);
