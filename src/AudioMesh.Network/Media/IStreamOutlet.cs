// SPDX-License-Identifier: MIT
using AudioMesh.Network.Wire;

namespace AudioMesh.Network.Media;

/// <summary>Where a stream's bodies go: the session seals each and sends it to everyone who listens.</summary>
public interface IStreamOutlet
{
    /// <summary>Sends one body of an <see cref="MessageType.Audio"/> or <see cref="MessageType.Parity"/> message. The stream's sending thread. Must not throw, allocates nothing.</summary>
    void Send(MessageType type, ReadOnlySpan<byte> body);
}
