// SPDX-License-Identifier: MIT
using AudioMesh.Network.Wire;

namespace AudioMesh.Network.Session;

/// <summary>Takes what members send each other for the mesh bus. On the network's thread, under the session's lock: keeps a copy, and waits for nothing.</summary>
internal interface ISessionLink
{
    /// <summary>A sound body from a member that has proved itself, for this one.</summary>
    void Take(ulong peerId, MessageType type, ReadOnlySpan<byte> body);
}
