// SPDX-License-Identifier: MIT
using AudioMesh.Network.Media;
using AudioMesh.Realtime;

namespace AudioMesh.Network.Session;

/// <summary>An incoming stream as nodes know it.</summary>
internal sealed class SubscribedStream(ToastSession session, IncomingStream stream) : ISubscribedStream
{
    [RealtimeSafe]
    public StreamReceiver? Receiver => stream.Receiver;

    public string Peer => stream.PeerId is > 0 and ulong id ? session.Peers.FirstOrDefault(peer => peer.Id == id)?.Name ?? "" : "";

    public string Stream => stream.Offer?.Name ?? "";

    public void Dispose() => stream.Dispose();
}
