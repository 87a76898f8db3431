// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Network.Session;
using AudioMesh.Network.Wire;

namespace AudioMesh.Network.Bus;

/// <content>What happens on the bus' thread.</content>
public sealed partial class LanBus
{
    private const long LookNs = 200_000_000;

    private MeshTime _lookAt = MeshTime.Unknown;
    private uint _lastEpoch;
    private long _resent;

    /// <summary>Takes what came, sends what is due, calls handlers, and answers when it wants to be called again. One thread at a time, which is the one that handlers are called on.</summary>
    public MeshTime Pump(MeshTime hostNow)
    {
        MeshTime next;
        lock (_core.Gate)
        {
            if (_core.IsDisposed)
            {
                return hostNow.Add(LookNs);
            }

            TakeBodies(hostNow);
            if (!_lookAt.IsKnown || hostNow >= _lookAt || _lookAt - hostNow > LookNs)
            {
                Look(hostNow);
                _lookAt = hostNow.Add(LookNs);
            }

            next = Sooner(_lookAt, _core.Expire(hostNow));
            next = Sooner(next, SendDue(hostNow));
        }

        _core.Drain();
        lock (_core.Gate)
        {
            return _core.IsDisposed ? next : Sooner(next, SendDue(hostNow));
        }
    }

    private static MeshTime Sooner(MeshTime a, MeshTime b) => !b.IsKnown || a < b ? a : b;

    private MeshTime SendDue(MeshTime hostNow)
    {
        MeshTime next = _lookAt;
        Span<byte> ack = stackalloc byte[BusAckBody.Bytes];
        foreach (BusChannel channel in _channels.Values)
        {
            if (channel.Inbound.OwesAck)
            {
                channel.Inbound.Acknowledge(channel.PeerId).Write(ack);
                Session.SendOnLink(channel.PeerId, MessageType.BusAck, ack);
            }

            next = Sooner(next, channel.Tick(hostNow, Session.SendOnLink));
        }

        return next;
    }

    private void TakeBodies(MeshTime hostNow)
    {
        while (_inbox.TryTake(out (ulong Peer, MessageType Type, byte[] Body) taken))
        {
            if (!_channels.TryGetValue(taken.Peer, out BusChannel? channel))
            {
                Look(hostNow);
                if (!_channels.TryGetValue(taken.Peer, out channel))
                {
                    continue;
                }
            }

            if (taken.Type == MessageType.Bus)
            {
                channel.Inbound.Take(taken.Body, frame => Take(channel, frame));
            }
            else if (BusAckBody.TryRead(taken.Body, out BusAckBody ack) && !channel.Take(ack, hostNow))
            {
                Begin(channel);
            }
        }
    }

    // Who is there is the session's to say.
    private void Look(MeshTime hostNow)
    {
        HashSet<ulong> gone = [.. _channels.Keys];
        foreach (PeerStatus peer in Session.Peers)
        {
            if (!peer.IsProven || peer.Name.Length == 0)
            {
                continue;
            }

            gone.Remove(peer.Id);
            if (!_channels.TryGetValue(peer.Id, out BusChannel? channel))
            {
                channel = new BusChannel(peer.Id, Session.LinkBodyBytes) { IsPresent = true };
                _channels.Add(peer.Id, channel);
                Begin(channel);
            }

            bool isBack = !channel.IsPresent && !peer.IsLost;
            channel.IsPresent = !peer.IsLost;
            channel.Name = peer.Name;
            channel.Peer = new BusPeer(peer.Name, peer.Address.ToString(), channel.Peer?.Since ?? hostNow, hostNow.Add(-peer.SilentNs));
            if (isBack || (channel.IsPresent && (hostNow >= channel.SummaryAt || channel.SummaryAt - hostNow > 2 * SummaryNs)))
            {
                SendSummaries(channel, hostNow);
            }

            if (peer.IsLost)
            {
                Miss(peer.Id);
            }
        }

        foreach (ulong id in gone)
        {
            BusChannel channel = _channels[id];
            _core.CountLost(channel.Begin(0));
            _resent += channel.Resent;
            _channels.Remove(id);
            Miss(id);
        }
    }

    private void Miss(ulong id)
    {
        _core.GiveUp(id);
        if (_rival == id)
        {
            (_rival, Failure) = (0, null);
        }
    }

    private void Begin(BusChannel channel)
    {
        _core.CountLost(channel.Begin(++_lastEpoch));
        channel.Add(FrameWriter.Hello(Name, Math.Max(0, _options.HostClock() - _since)));
        SendSummaries(channel, _options.HostClock());
    }

    private void Send(BusChannel channel, byte[] frame, BusTable? table = null)
    {
        if (!channel.Add(frame, table))
        {
            Begin(channel);
            channel.Add(frame, table);
        }
    }

    private void SendToAll(byte[] frame, BusTable? table = null)
    {
        foreach (BusChannel channel in _channels.Values)
        {
            Send(channel, frame, table);
        }
    }
}
