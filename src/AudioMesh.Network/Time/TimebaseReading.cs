// SPDX-License-Identifier: MIT
using AudioMesh.Clock;

namespace AudioMesh.Network.Time;

/// <summary>Mesh time as one host knows it at one moment.</summary>
/// <param name="Map">Host time to mesh time, with the bound of its distance from the reference's mesh time.</param>
/// <param name="State">Where that is from.</param>
/// <param name="MeshId">Which time scale; another one when meshes merged, or when this host's clock was stopped or set.</param>
/// <param name="ReferenceId">Whose clock defines it now.</param>
/// <param name="Steps">How often mesh time was not continued but set, on this host.</param>
public readonly record struct TimebaseReading(ClockMap Map, TimebaseState State, ulong MeshId, ulong ReferenceId, int Steps);
