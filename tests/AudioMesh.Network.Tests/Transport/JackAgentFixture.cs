// SPDX-License-Identifier: MIT
using AudioMesh.Backends;
using AudioMesh.Backends.Jack;
using AudioMesh.Backends.Tests.Jack;
using AudioMesh.Clock;
using AudioMesh.Network.Tests.Bus;
using AudioMesh.Network.Tests.Simulation;
using AudioMesh.Network.Time;
using AudioMesh.Network.Transport;

namespace AudioMesh.Network.Tests.Transport;

/// <summary>An agent that moves the transport of a real JACK server, and another client that looks on.</summary>
[Platform("Linux")]
[NonParallelizable]
internal abstract class JackAgentFixture
{
    private const int PatienceMs = 30_000;
    private const int Tries = 10;
    private SimulatedBus? _bus;
    private ulong _orders;

    protected JackServer Server { get; private set; } = null!;

    protected JackReader Reader { get; private set; } = null!;

    protected TransportAgent Agent { get; private set; } = null!;

    [SetUp]
    public void StartServer()
    {
        Server = new JackServer(period: 256);
        Reader = new JackReader(Server.Name);
    }

    [TearDown]
    public void EndAll()
    {
        EndAgent();
        Reader?.Dispose();
        Server?.Dispose();
    }

    protected void StartAgent(BeatSharing sharing = BeatSharing.Offer, TempoMap? tempo = null)
    {
        SimulatedMesh mesh = new(1);
        MeshTimebase timebase = new TimeService(1, MeshClock.Now, new TimeOptions()).Timebase;
        _bus = new SimulatedBus(new SimulatedBusNetwork(), mesh.AddHost("one", new HostClock()), "one");
        Agent = new TransportAgent(_bus, new PeriodTransport(new JackTransport(Server.Name, "agent"), timebase, sharing), timebase);
        Agent.SetTempo(tempo ?? TempoMap.Default);
        Await(() => Agent.GetStatus().At.IsKnown, "the transport runs");
    }

    protected void EndAgent()
    {
        Agent?.Dispose();
        _bus?.Dispose();
        (Agent, _bus) = (null!, null);
    }

    /// <summary>Moves the transport by an order; once more where the machine was too busy for it.</summary>
    protected void Carry(TransportAction action, long? frame = null)
    {
        for (int i = 0; i < Tries; i++)
        {
            HostStatus status = Agent.GetStatus();
            ulong id = ++_orders;
            MeshTime at = status.At.Add(status.LeadNs + 150_000_000);
            if (Agent.Submit(new TransportOrder(id, action, at, frame)).IsNone)
            {
                Await(() => Agent.GetStatus().Last?.Id == id, "it comes to something");
                if (Agent.GetStatus().Last!.Value.Result is TransportResult.Done or TransportResult.Late)
                {
                    return;
                }
            }
        }

        Assert.Fail($"{action} is not carried out: {Agent.GetStatus().Last}");
    }

    protected void Await(Func<bool> holds, string what) => Assert.That(
        SpinWait.SpinUntil(
            () =>
            {
                Agent?.Tick(MeshClock.Now);
                Thread.Sleep(2);
                return holds();
            },
            PatienceMs),
        Is.True,
        what);
}
