// SPDX-License-Identifier: MIT
using AudioMesh.Cli.Transport;

namespace AudioMesh.Cli.Takes;

/// <summary>When a take is to begin, and by whose time.</summary>
/// <param name="EpochSeconds">Since 1970 by this host's system clock, where that was said.</param>
/// <param name="MeshSeconds">In mesh time, where that was said.</param>
/// <param name="Mesh">The mesh whose time counts; this host's clock without.</param>
internal sealed record ArmWish(double? EpochSeconds, double? MeshSeconds, MeshWish? Mesh);
