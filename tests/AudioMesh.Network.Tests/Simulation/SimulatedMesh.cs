// SPDX-License-Identifier: MIT
using System.Net;
using AudioMesh.Clock;
using AudioMesh.Network.Impairment;
using AudioMesh.Network.Sockets;

namespace AudioMesh.Network.Tests.Simulation;

/// <summary>What was heard, by whom and from where.</summary>
internal delegate void DeliveryTap(in PeerAddress from, SimulatedHost to, ReadOnlySpan<byte> datagram);

/// <summary>
/// Hosts with clocks of their own, joined by bad links, in virtual time: as fast as they can be computed, and the same with the same seed on every machine.
/// </summary>
internal sealed class SimulatedMesh(ulong seed)
{
    private readonly SimulationQueue _queue = new();
    private readonly List<SimulatedHost> _hosts = [];
    private readonly Dictionary<PeerAddress, SimulatedHost> _byAddress = [];
    private readonly Dictionary<PeerAddress, List<SimulatedHost>> _groups = [];
    private readonly Dictionary<(int From, int To), SimulatedLink> _links = [];
    private readonly Stack<FlyingDatagram> _landed = new();
    private DeliveryHash _hash = new();
    private Pcg32 _seeds = new(seed);
    private long _trueNs;
    private long _events;
    private long _sent;
    private long _delivered;
    private long _bytes;
    private long _unrouted;

    /// <summary>What a right clock shows; zero when the simulation begins.</summary>
    public MeshTime TrueTime => new(_trueNs);

    public IReadOnlyList<SimulatedHost> Hosts => _hosts;

    /// <summary>One number over all deliveries: which host heard what, and when.</summary>
    public ulong Hash => _hash.Value;

    public SimulationCosts Costs => new(_events, _sent, _delivered, _bytes, _unrouted, _queue.MostWaiting);

    /// <summary>Told of all that is heard, before it is.</summary>
    public DeliveryTap? Tap { get; set; }

    /// <summary>A host with an address of its own and no links.</summary>
    public SimulatedHost AddHost(string name, HostClock clock)
    {
        int index = _hosts.Count;
        PeerAddress address = PeerAddress.From(new IPEndPoint(new IPAddress([10, 0, (byte)((index + 1) >> 8), (byte)(index + 1)]), 50505));
        SimulatedHost host = new(this, name, index, address, new RunningClock(clock, NextSeed()));
        _hosts.Add(host);
        _byAddress.Add(address, host);
        return host;
    }

    /// <summary>Joins two hosts, or changes how they are joined: what is on its way arrives all the same. Outages are counted from now.</summary>
    public void Connect(SimulatedHost a, SimulatedHost b, ImpairmentOptions aToB, ImpairmentOptions bToA)
    {
        _links[(a.Index, b.Index)] = new SimulatedLink(new ImpairmentModel(aToB, NextSeed(), TrueTime));
        _links[(b.Index, a.Index)] = new SimulatedLink(new ImpairmentModel(bToA, NextSeed(), TrueTime));
    }

    /// <summary>Joins each host with each, all ways alike.</summary>
    public void ConnectAll(ImpairmentOptions options)
    {
        for (int a = 0; a < _hosts.Count; a++)
        {
            for (int b = a + 1; b < _hosts.Count; b++)
            {
                Connect(_hosts[a], _hosts[b], options, options);
            }
        }
    }

    /// <summary>What the link from one host to another did.</summary>
    public ImpairmentCounts CountsOf(SimulatedHost from, SimulatedHost to) => _links[(from.Index, to.Index)].Model.Counts;

    /// <summary>Cuts all links between these hosts and the others.</summary>
    public void Partition(params SimulatedHost[] island)
    {
        foreach (((int from, int to), SimulatedLink link) in _links)
        {
            link.IsCut |= island.Contains(_hosts[from]) != island.Contains(_hosts[to]);
        }
    }

    /// <summary>Mends all links that were cut.</summary>
    public void Heal()
    {
        foreach (SimulatedLink link in _links.Values)
        {
            link.IsCut = false;
        }
    }

    /// <summary>Does <paramref name="action"/> after a while of true time.</summary>
    public void In(TimeSpan time, Action action) => Enqueue(_trueNs + (time.Ticks * 100), action, 0);

    /// <summary>Delivers a datagram now that nobody sent, or that somebody else sent.</summary>
    public void Inject(in PeerAddress from, SimulatedHost to, ReadOnlySpan<byte> datagram) => Launch(from, to.Address, to, datagram, TrueTime);

    /// <summary>Lets true time pass.</summary>
    public void Run(TimeSpan time)
    {
        long end = _trueNs + (time.Ticks * 100);
        while (_queue.TryTake(end, out long trueNs, out object what, out int version))
        {
            _trueNs = trueNs;
            _events++;
            switch (what)
            {
                case SimulatedTimer timer:
                    timer.Run(version);
                    break;
                case FlyingDatagram datagram:
                    Deliver(datagram);
                    break;
                case Action action:
                    action();
                    break;
            }
        }

        _trueNs = end;
    }

    internal void Enqueue(long trueNs, object what, int version) => _queue.Add(Math.Max(trueNs, _trueNs), what, version);

    internal void Send(SimulatedHost from, in PeerAddress to, ReadOnlySpan<byte> datagram)
    {
        if (_groups.TryGetValue(to, out List<SimulatedHost>? members))
        {
            foreach (SimulatedHost member in members)
            {
                if (member != from)
                {
                    Pass(from, to, member, datagram);
                }
            }
        }
        else if (_byAddress.TryGetValue(to, out SimulatedHost? host))
        {
            Pass(from, to, host, datagram);
        }
        else
        {
            _unrouted++;
        }
    }

    internal void Rename(SimulatedHost host, PeerAddress address)
    {
        _byAddress.Add(address, host);
        _byAddress.Remove(host.Address);
    }

    internal void Join(SimulatedHost host, PeerAddress group)
    {
        if (!_groups.TryGetValue(group, out List<SimulatedHost>? members))
        {
            _groups.Add(group, members = []);
        }

        if (!members.Contains(host))
        {
            members.Add(host);
        }
    }

    internal void Leave(SimulatedHost host, PeerAddress group)
    {
        if (_groups.TryGetValue(group, out List<SimulatedHost>? members))
        {
            members.Remove(host);
        }
    }

    private void Pass(SimulatedHost from, in PeerAddress to, SimulatedHost host, ReadOnlySpan<byte> datagram)
    {
        if (!_links.TryGetValue((from.Index, host.Index), out SimulatedLink? link))
        {
            _unrouted++;
            return;
        }

        _sent++;
        if (link.IsCut)
        {
            link.Cut++;
            return;
        }

        PacketFate fate = link.Model.Next(TrueTime, datagram.Length);
        if (!fate.IsDelivered)
        {
            return;
        }

        fate.Damage(Launch(from.Address, to, host, datagram, fate.Release));
        if (fate.IsCopied)
        {
            fate.Damage(Launch(from.Address, to, host, datagram, fate.CopyRelease));
        }
    }

    private Span<byte> Launch(in PeerAddress from, in PeerAddress to, SimulatedHost host, ReadOnlySpan<byte> datagram, MeshTime arrival)
    {
        if (!_landed.TryPop(out FlyingDatagram? flying))
        {
            flying = new FlyingDatagram();
        }

        flying.Fill(from, to, host, datagram);
        Enqueue(arrival.Nanoseconds, flying, 0);
        return flying.Bytes;
    }

    private void Deliver(FlyingDatagram datagram)
    {
        SimulatedHost host = datagram.Host!;
        bool isThere = datagram.To == host.Address || (_groups.TryGetValue(datagram.To, out List<SimulatedHost>? members) && members.Contains(host));
        if (isThere && host.IsAlive && !host.IsSuspended)
        {
            _delivered++;
            _bytes += datagram.Bytes.Length;
            _hash.Add(_trueNs, host.Index, datagram.Bytes);
            Tap?.Invoke(datagram.From, host, datagram.Bytes);
        }

        if (isThere)
        {
            host.Hear(datagram.From, datagram.Bytes);
        }

        _landed.Push(datagram);
    }

    private ulong NextSeed() => ((ulong)_seeds.Next() << 32) | _seeds.Next();
}
