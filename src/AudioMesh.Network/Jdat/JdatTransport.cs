// SPDX-License-Identifier: MIT
using AudioMesh.Clock;

namespace AudioMesh.Network.Jdat;

/// <summary>A <c>transport_command</c>.</summary>
/// <param name="TimestampGpu">Mesh time at which it was given; unknown is <c>null</c> in the line.</param>
/// <param name="SessionId">The session it belongs to, at most 128 characters.</param>
/// <param name="Command">What is asked for.</param>
/// <param name="Position">For <see cref="JdatTransportCommand.Locate"/>: the frame to go to, not negative; else 0.</param>
public readonly record struct JdatTransport(MeshTime TimestampGpu, string SessionId, JdatTransportCommand Command, long Position = 0);
