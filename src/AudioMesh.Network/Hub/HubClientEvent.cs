// SPDX-License-Identifier: MIT
using AudioMesh.Clock;

namespace AudioMesh.Network.Hub;

/// <summary>A client stands otherwise with its hub than before.</summary>
/// <param name="State">How it stands.</param>
/// <param name="HostTime">Since when, by this host's clock.</param>
/// <param name="Hub">The hub's name; empty before it is known.</param>
/// <param name="Reason">Why, for people; empty where there is nothing to say.</param>
public sealed record HubClientEvent(HubClientState State, MeshTime HostTime, string Hub, string Reason);
