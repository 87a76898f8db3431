// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Session;

/// <summary>Takes JSON that another member sent to this one, or to all.</summary>
public interface IControlHandler
{
    /// <summary>
    /// One JSON object from a member that has proved itself, valid until this returns. On the network's thread: no waiting, and no call of the session but
    /// <see cref="ToastSession.SendControl"/>. It may have got lost before, or come twice.
    /// </summary>
    void Take(ulong peerId, string peerName, ReadOnlySpan<byte> json);
}
