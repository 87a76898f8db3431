// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Network.Bus;
using AudioMesh.Network.Session;
using AudioMesh.Network.Sockets;
using AudioMesh.Network.Tests.Sessions;
using AudioMesh.Network.Tests.Simulation;
using AudioMesh.Network.Wire;

namespace AudioMesh.Network.Tests.Bus;

/// <summary>A <see cref="LanBus"/> on a simulated host, run in virtual time.</summary>
internal sealed class LanMember : IDatagramHandler, IDisposable
{
    private bool _isWoken;

    public LanMember(SimulatedHost host, string name, params PeerAddress[] contacts)
    {
        Host = host;
        Identity = new SenderIdentity(Member.Key, (ulong)((host.Index + 1) << 40) + (ulong)host.Mesh.TrueTime.Nanoseconds + 1);
        Session = new ToastSession(
            new ToastSessionOptions { Name = name, Identity = Identity, Contacts = contacts, HostClock = () => host.Now },
            host.Port);
        Bus = new LanBus(Session, new LanBusOptions { HostClock = () => host.Now, UtcClock = () => host.Now.Nanoseconds + UtcOffsetNs, Wake = Wake });
        host.Bind(this);
    }

    public SimulatedHost Host { get; }

    public SenderIdentity Identity { get; }

    public ToastSession Session { get; }

    public LanBus Bus { get; }

    /// <summary>The system's clock less the monotonic one.</summary>
    public long UtcOffsetNs { get; set; } = 1_800_000_000_000_000_000;

    public void Receive(in PeerAddress from, ReadOnlySpan<byte> datagram, MeshTime arrival) => Session.Receive(from, datagram, arrival);

    public MeshTime Tick(MeshTime now)
    {
        _isWoken = false;
        MeshTime next = Session.Tick(now);
        MeshTime bus = Bus.Pump(now);
        return bus < next ? bus : next;
    }

    public void Dispose()
    {
        Bus.Dispose();
        Session.Dispose();
    }

    // The handler is ticked after each datagram; whoever calls in between is served at the same moment.
    private void Wake()
    {
        if (!_isWoken)
        {
            _isWoken = true;
            Host.Mesh.In(TimeSpan.Zero, () =>
            {
                if (_isWoken && Host.IsAlive && !Host.IsSuspended)
                {
                    Host.TickNow();
                }
            });
        }
    }
}
