// SPDX-License-Identifier: MIT
using AudioMesh.Clock;

namespace AudioMesh.Network.Transport;

/// <summary>One order to a transport, at a time. What is in it never changes under the same id.</summary>
/// <param name="Id">Names it in answers and outcomes; not 0.</param>
/// <param name="Action">What to do.</param>
/// <param name="At">When, as it is heard: the mesh time at which the frame leaves the device.</param>
/// <param name="Frame">Which frame; null where the transport's own position is meant. Locating needs one.</param>
public sealed record TransportOrder(ulong Id, TransportAction Action, MeshTime At, long? Frame = null);
