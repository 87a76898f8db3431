// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Network.Sockets;
using AudioMesh.Network.Tests.Simulation;
using AudioMesh.Network.Time;
using AudioMesh.Network.Wire;

namespace AudioMesh.Network.Tests.Time;

/// <summary>A host that does nothing but keep time: what a session does with a <see cref="TimeService"/>, without the envelope.</summary>
internal sealed class TimeNode : IDatagramHandler
{
    private const byte Request = 1;
    private const byte Reply = 2;

    private readonly Dictionary<PeerAddress, ulong> _ids = [];
    private readonly Dictionary<ulong, PeerAddress> _addresses = [];
    private readonly byte[] _datagram = new byte[1 + SyncReply.Bytes];

    public TimeNode(SimulatedHost host, ulong id, TimeOptions? options = null)
    {
        Host = host;
        Service = new TimeService(id, host.Now, options ?? new TimeOptions());
        host.Bind(this);
    }

    public SimulatedHost Host { get; }

    public TimeService Service { get; }

    public ulong Id => Service.SelfId;

    public List<TimeEvent> Events { get; } = [];

    public TimebaseReading Reading => Service.Timebase.Read();

    public MeshTime MeshNow => Service.Timebase.ToMesh(Host.Now);

    public void Meet(TimeNode other)
    {
        _ids[other.Host.Address] = other.Id;
        _addresses[other.Id] = other.Host.Address;
        Service.AddPeer(other.Id, Host.Now);
        Host.Bind(this);
    }

    public PeerTimeStatus StatusOf(TimeNode other) => Service.Status(Host.Now).Peers.Single(peer => peer.PeerId == other.Id);

    public void Receive(in PeerAddress from, ReadOnlySpan<byte> datagram, MeshTime arrival)
    {
        if (!_ids.TryGetValue(from, out ulong peer))
        {
            return;
        }

        if (datagram[0] == Request && SyncRequest.TryRead(datagram[1..], out SyncRequest request) && Service.TryAnswer(peer, request, arrival, arrival, out SyncReply answer))
        {
            _datagram[0] = Reply;
            answer.Write(_datagram.AsSpan(1));
            Host.Port.Send(from, _datagram);
        }
        else if (datagram[0] == Reply && SyncReply.TryRead(datagram[1..], out SyncReply reply))
        {
            Service.Accept(peer, reply, arrival);
        }
    }

    public MeshTime Tick(MeshTime now)
    {
        while (Service.TryRequest(now, out ulong peer, out SyncRequest request))
        {
            _datagram[0] = Request;
            request.Write(_datagram.AsSpan(1));
            Host.Port.Send(_addresses[peer], _datagram);
        }

        MeshTime next = Service.Tick(now);
        while (Service.TryTakeEvent(out TimeEvent taken))
        {
            Events.Add(taken);
        }

        return next;
    }
}
