// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Network.Sockets;

namespace AudioMesh.Network.Session;

/// <summary>Something that happened in a session.</summary>
/// <param name="Kind">What.</param>
/// <param name="HostTime">When, by this host's clock.</param>
/// <param name="PeerId">Which member it is about.</param>
/// <param name="PeerName">What that calls itself.</param>
/// <param name="Address">Where it is.</param>
/// <param name="Stream">The stream's name, where it is about one; else empty.</param>
public sealed record SessionEvent(SessionEventKind Kind, MeshTime HostTime, ulong PeerId, string PeerName, PeerAddress Address, string Stream);
