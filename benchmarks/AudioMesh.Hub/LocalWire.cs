// SPDX-License-Identifier: MIT
using System.Net;
using AudioMesh.Clock;
using AudioMesh.Network.Sockets;

namespace AudioMesh.Benchmarks.Hub;

/// <summary>Carries datagrams between handlers of this process when it is told to, without sockets.</summary>
internal sealed class LocalWire
{
    private readonly Dictionary<PeerAddress, IDatagramHandler> _handlers = [];
    private readonly Queue<(PeerAddress From, PeerAddress To, byte[] Bytes)> _flying = new();
    private int _lastPort = 1024;

    /// <summary>Where all datagrams of a port go instead; null: to whom they are for.</summary>
    public (IDatagramPort Port, PeerAddress Sink)? Diversion { get; set; }

    public Port Add()
    {
        return new Port(this, PeerAddress.From(new IPEndPoint(IPAddress.Loopback, ++_lastPort)));
    }

    public void Bind(Port port, IDatagramHandler handler) => _handlers[port.Address] = handler;

    public void Deliver()
    {
        while (_flying.TryDequeue(out (PeerAddress From, PeerAddress To, byte[] Bytes) datagram))
        {
            if (_handlers.TryGetValue(datagram.To, out IDatagramHandler? handler))
            {
                handler.Receive(datagram.From, datagram.Bytes, MeshClock.Now);
            }
        }
    }

    /// <summary>Ticks all and delivers what they say.</summary>
    public void Tick()
    {
        foreach (IDatagramHandler handler in _handlers.Values)
        {
            handler.Tick(MeshClock.Now);
        }

        Deliver();
    }

    internal sealed class Port(LocalWire wire, PeerAddress address) : IDatagramPort
    {
        public PeerAddress Address => address;

        public void Send(in PeerAddress to, ReadOnlySpan<byte> datagram)
        {
            if (wire.Diversion is { } diversion)
            {
                diversion.Port.Send(diversion.Sink, datagram);
                return;
            }

            wire._flying.Enqueue((address, to, datagram.ToArray()));
        }
    }
}
