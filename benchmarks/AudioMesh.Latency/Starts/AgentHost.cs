// SPDX-License-Identifier: MIT
using System.Text.Json;
using AudioMesh.Backends.Jack;
using AudioMesh.Clock;
using AudioMesh.Latency.Reports;
using AudioMesh.Network.Bus;
using AudioMesh.Network.Session;
using AudioMesh.Network.Sockets;
using AudioMesh.Network.Time;
using AudioMesh.Network.Transport;
using AudioMesh.Network.Wire;

namespace AudioMesh.Latency.Starts;

/// <summary>The process of one agent: what <c>audiomesh agent</c> is made of, with a clock of its own. It ends with its standard input.</summary>
internal sealed class AgentHost : IDisposable
{
    private const int TickMs = 10;
    private readonly SimulatedClock _clock;
    private readonly UdpPort _port;
    private readonly ToastSession _session;
    private readonly LanBus _bus;
    private readonly TransportAgent _agent;
    private readonly AutoResetEvent _woken = new(false);

    public AgentHost(AgentPlace place)
    {
        _clock = place.Clock;
        _port = new UdpPort(new UdpPortOptions { Bind = place.Listen });
        _session = new ToastSession(
            new ToastSessionOptions
            {
                Name = place.Name,
                Identity = SenderIdentity.CreateRandom(SessionKey.FromFile(place.KeyFile, "audiomesh")),
                Contacts = [.. place.Contacts.Select(PeerAddress.From)],
                HostClock = () => _clock.Now,
            },
            _port);
        _port.Start(new SimulatedPort(_clock, _session));
        _bus = new LanBus(_session, new LanBusOptions { HostClock = () => _clock.Now, Wake = () => _woken.Set() });
        PeriodTransport transport = new(new SimulatedTransport(_clock, new JackTransport(place.Server, $"{place.Name}-transport")), _session.Timebase);
        _agent = new TransportAgent(_bus, transport, _session.Timebase, new TransportAgentOptions { HostClock = () => _clock.Now });
        _agent.Happened += Tell;
    }

    public void Run()
    {
        Thread pump = new(Pump) { IsBackground = true, Name = "bus" };
        pump.Start();
        Thread maintenance = new(Maintain) { IsBackground = true, Name = "agent" };
        maintenance.Start();
        Console.WriteLine("started");
        Console.In.ReadToEnd();
    }

    public void Dispose()
    {
        _agent.Dispose();
        _session.Leave();
    }

    private void Pump()
    {
        while (true)
        {
            long waitNs = Math.Clamp(_bus.Pump(_clock.Now) - _clock.Now, 0, 100_000_000);
            _woken.WaitOne((int)((waitNs + 999_999) / 1_000_000));
        }
    }

    private void Maintain()
    {
        while (true)
        {
            _session.Maintain();
            _agent.Tick(_clock.Now);
            Thread.Sleep(TickMs);
        }
    }

    private void Tell(TransportAgentEvent happened)
    {
        if (happened.Outcome is { } outcome)
        {
            TimebaseReading time = _session.Timebase.Read();
            ClockMap map = time.Map;
            AgentNote note = new($"{outcome.Id:x16}", time.ReferenceId == _session.Id, map.SourceOrigin, map.MeshOrigin.Nanoseconds, map.Rate, _agent.Transport.Read().Xruns);
            Console.WriteLine(JsonSerializer.Serialize(note, JsonShapes.Default.AgentNote));
        }
    }
}
