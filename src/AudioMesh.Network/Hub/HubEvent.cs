// SPDX-License-Identifier: MIT
using AudioMesh.Clock;

namespace AudioMesh.Network.Hub;

/// <summary>Something that happened in a hub.</summary>
/// <param name="Kind">What.</param>
/// <param name="HostTime">When, by this host's clock.</param>
/// <param name="Client">The name of whom it is about.</param>
/// <param name="Reason">Why, for people; empty where there is nothing to say.</param>
public sealed record HubEvent(HubEventKind Kind, MeshTime HostTime, string Client, string Reason);
