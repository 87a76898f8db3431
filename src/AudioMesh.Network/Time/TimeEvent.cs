// SPDX-License-Identifier: MIT
using AudioMesh.Clock;

namespace AudioMesh.Network.Time;

/// <summary>Something that happened to mesh time.</summary>
/// <param name="Kind">What.</param>
/// <param name="HostTime">When, by this host's clock.</param>
/// <param name="PeerId">Which peer it is about, or which became the reference; 0 when none.</param>
/// <param name="AmountNs">By how much, where <paramref name="Kind"/> says of what; else 0.</param>
public readonly record struct TimeEvent(TimeEventKind Kind, MeshTime HostTime, ulong PeerId, long AmountNs);
