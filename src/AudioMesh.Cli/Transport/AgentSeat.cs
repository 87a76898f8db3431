// SPDX-License-Identifier: MIT
using AudioMesh.Backends;
using AudioMesh.Backends.Jack;
using AudioMesh.Engine;
using AudioMesh.Graph;
using AudioMesh.Network.Bus;
using AudioMesh.Network.Parameters;
using AudioMesh.Network.Time;
using AudioMesh.Network.Transport;

namespace AudioMesh.Cli.Transport;

/// <summary>An agent with all it needs, from a transport's coming to its going.</summary>
internal sealed class AgentSeat : IDisposable
{
    private readonly AgentPlan _plan;
    private readonly AudioEngine? _engine;
    private readonly PlainServer? _plain;

    /// <summary>Throws what opening the transport, the device or the port throws.</summary>
    public AgentSeat(AgentPlan plan, IMeshBus bus, SharedParameters parameters)
    {
        _plan = plan;
            MeshTimebase timebase = bus.Timebase;
        TransportClock? clock = plan.IsJack ? null : new TransportClock(timebase, followsMesh: true);
        ITransport transport = clock is not null ? clock : new PeriodTransport(new JackTransport(plan.Server, $"{bus.Name}-transport"), timebase, plan.Beats);
        try
        {
            Agent = new TransportAgent(bus, transport, timebase, plan.Agent);
            try
            {
                _engine = clock is not null || plan.Clicks ? StartEngine(clock, bus.Name) : null;
                _plain = plan.Plain is { } plain ? new PlainServer(Agent, plain with { SetParameter = (space, name, value) => Set(parameters, space, name, value) }) : null;
            }
            catch
            {
                Dispose();
                throw;
            }
        }
        catch
        {
            transport.Dispose();
            throw;
        }
    }

    public TransportAgent Agent { get; }

    public bool Clicks => _plan.Clicks;

    /// <summary>Where the plain protocol is spoken; empty for nowhere.</summary>
    public string PlainAt => _plain?.LocalEndPoint.ToString() ?? "";

    public void Dispose()
    {
        _plain?.Dispose();
        Agent.Dispose();
        _engine?.Dispose();
    }

    private static void Set(SharedParameters parameters, string space, string name, string text)
    {
        parameters.Set(space, name, ParameterTexts.Parse(space, parameters.Get(space, name).Descriptor, text));
    }

    private AudioEngine StartEngine(TransportClock? clock, string name)
    {
        NodeCatalogue nodes = ClickNode.Add(NodeCatalogue.CreateDefault(), Agent.Click);
        nodes = clock is not null ? ClipNode.Add(nodes, clock) : nodes;
        AudioEngine engine = new(new AudioEngineOptions { Nodes = nodes, BlockClock = clock });
        try
        {
            string driver = _plan.IsJack ? "jack" : _plan.Device.Backend;
            engine.OpenDevice(driver, new StreamRequest
            {
                Device = _plan.IsJack ? _plan.Server : _plan.Device.Device,
                ClientName = $"{name}-click",
                Rate = _plan.Device.Rate,
                PeriodFrames = _plan.Device.PeriodFrames,
                OutputChannels = _plan.Device.Channels > 0 ? _plan.Device.Channels : 2,
                AutoConnect = _plan.Device.AutoConnect,
            });
            GraphNode sink = engine.CreateNode("device_sink", new Dictionary<string, ParameterValue> { ["channels"] = engine.Stream!.OutputChannels });
            if (_plan.Clicks)
            {
                engine.Connect(engine.CreateNode("click", new Dictionary<string, ParameterValue> { ["db"] = _plan.ClickDb }).Id, sink.Id);
            }

            if (_plan.Clip.Length > 0)
            {
                engine.Connect(engine.CreateNode("clip", new Dictionary<string, ParameterValue> { ["path"] = _plan.Clip }).Id, sink.Id);
            }

            engine.Start();
            return engine;
        }
        catch
        {
            engine.Dispose();
            throw;
        }
    }
}
