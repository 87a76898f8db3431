// SPDX-License-Identifier: MIT
using AudioMesh.Clock;

namespace AudioMesh.Network.Bus;

/// <summary>Another host on the bus.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Address">Where it is, for people; empty where a server is between.</param>
/// <param name="Since">Since when it is there, by this host's monotonic clock.</param>
/// <param name="LastHeard">When it was heard last, by the same.</param>
public sealed record BusPeer(string Name, string Address, MeshTime Since, MeshTime LastHeard);
