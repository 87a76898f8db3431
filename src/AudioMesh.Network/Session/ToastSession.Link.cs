// SPDX-License-Identifier: MIT
using AudioMesh.Network.Wire;

namespace AudioMesh.Network.Session;

/// <content>What a mesh bus sends over the session.</content>
public sealed partial class ToastSession
{
    private ISessionLink? _link;

    internal int LinkBodyBytes => DatagramSize.Body(_options.DatagramBytes);

    /// <summary>Null: nobody takes it any more. Throws InvalidState where somebody else does.</summary>
    internal void Attach(ISessionLink? link)
    {
        lock (_gate)
        {
            if (link is not null && _link is not null)
            {
                throw new AudioMeshException(AudioErrorKind.InvalidState, $"The session of '{Name}' has a bus already.");
            }

            _link = link;
        }
    }

    /// <summary>Sends a body to a member that is there.</summary>
    internal bool SendOnLink(ulong peerId, MessageType type, ReadOnlySpan<byte> body)
    {
        lock (_gate)
        {
            if (_hasLeft || !_peers.TryGetValue(peerId, out SessionPeer? peer) || !peer.IsListenedTo)
            {
                return false;
            }

            body.CopyTo(EnvelopeSealer.BodyOf(_buffer));
            SendTo(peer.Address, type, body.Length);
            return true;
        }
    }

    private DropCause TakeLinked(SessionPeer peer, MessageType type, ReadOnlySpan<byte> body)
    {
        ulong receiver;
        if (type == MessageType.Bus)
        {
            if (!BusBody.TryRead(body, out BusBody segment, out _))
            {
                return DropCause.BadBody;
            }

            receiver = segment.Receiver;
        }
        else if (BusAckBody.TryRead(body, out BusAckBody ack))
        {
            receiver = ack.Receiver;
        }
        else
        {
            return DropCause.BadBody;
        }

        if (!peer.IsProven)
        {
            return DropCause.NotProven;
        }

        if (receiver == Id)
        {
            _link?.Take(peer.Id, type, body);
        }

        return DropCause.None;
    }
}
