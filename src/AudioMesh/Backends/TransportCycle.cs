// SPDX-License-Identifier: MIT
using AudioMesh.Clock;

namespace AudioMesh.Backends;

/// <summary>One period of a transport whose commands take effect at the edges of periods.</summary>
/// <param name="DeviceFrame">Index of the first frame on the device's own clock; jumps over what the device missed.</param>
/// <param name="Frames">Frames in this period.</param>
/// <param name="OutputTime">When the first frame leaves the device, on this host's monotonic clock.</param>
/// <param name="State">What the transport does in this period.</param>
/// <param name="Frame">Where the transport is at the first frame.</param>
public readonly record struct TransportCycle(long DeviceFrame, int Frames, MeshTime OutputTime, TransportState State, long Frame);
