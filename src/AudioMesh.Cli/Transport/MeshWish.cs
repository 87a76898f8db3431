// SPDX-License-Identifier: MIT
using AudioMesh.Network.Bus;
using AudioMesh.Network.Session;

namespace AudioMesh.Cli.Transport;

/// <summary>Which bus a command is to be on: one of the two.</summary>
/// <param name="Session">A session's.</param>
/// <param name="Nats">That of NATS servers.</param>
internal sealed record MeshWish(ToastSettings? Session, NatsBusOptions? Nats);
