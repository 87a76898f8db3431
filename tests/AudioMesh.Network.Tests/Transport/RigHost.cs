// SPDX-License-Identifier: MIT
using AudioMesh.Backends;
using AudioMesh.Clock;
using AudioMesh.Network.Tests.Bus;
using AudioMesh.Network.Tests.Simulation;
using AudioMesh.Network.Tests.Time;
using AudioMesh.Network.Transport;

namespace AudioMesh.Network.Tests.Transport;

/// <summary>A machine with a clock, a device and a transport of its own, and an ear that knows the true time.</summary>
internal sealed class RigHost
{
    private readonly TransportRig _rig;
    private readonly int _period;
    private readonly double _devicePpm;
    private readonly int _latency;
    private readonly int? _slowCycles;
    private SimulatedJack? _jack;
    private TransportClock? _clock;
    private long _position;
    private bool _wasRolling;

    public RigHost(TransportRig rig, string name, TimeNode node, int period, double devicePpm, int latency, int? slowCycles)
    {
        (_rig, Name, Node, _period, _devicePpm, _latency, _slowCycles) = (rig, name, node, period, devicePpm, latency, slowCycles);
        Boot();
    }

    public string Name { get; }

    public TimeNode Node { get; private set; }

    public SimulatedHost Host => Node.Host;

    public SimulatedBus Bus { get; private set; } = null!;

    public TransportAgent Agent { get; private set; } = null!;

    public List<TransportAgentEvent> Events { get; } = [];

    /// <summary>What was heard: whether it began or ended, the frame, and the reference's mesh time then.</summary>
    public List<(bool Begins, long Frame, MeshTime At)> Heard { get; } = [];

    /// <summary>What is heard now: the frame, with what is beyond it, and the reference's mesh time then.</summary>
    public (double Frame, MeshTime At) Now { get; private set; }

    public TransportOutcome Last => Agent.GetStatus().Last!.Value;

    /// <summary>The process and the machine are gone.</summary>
    public void Kill()
    {
        Agent.Dispose();
        Bus.Dispose();
        Host.Kill();
        _wasRolling = false;
    }

    /// <summary>Comes back as another process, which knows nothing.</summary>
    public void Restart()
    {
        TimeNode before = Node;
        Node = new TimeNode(Host, before.Id + 1);
        _rig.Replace(before, Node);
        Boot();
    }

    private void Boot()
    {
        Bus = new SimulatedBus(_rig.Network, Host, Name);
        _jack = _slowCycles is { } slow ? new SimulatedJack(_period, slow) : null;
        _clock = _jack is null ? new TransportClock(Node.Service.Timebase, _rig.FollowsMesh) : null;
        _position = 0;
        ITransport transport = _jack is null ? _clock! : new PeriodTransport(_jack, Node.Service.Timebase);
        Agent = new TransportAgent(Bus, transport, Node.Service.Timebase, _rig.Agents with
        {
            HostClock = () => Host.Now,
            UtcClock = () => Host.Now.Nanoseconds + 1_000_000_000_000_000_000,
        });
        Agent.Happened += Events.Add;
        Host.RunDevice(_period, 48_000 * (1 + (_devicePpm * 1e-6)), _ => Render());
        Host.Every(TimeSpan.FromMilliseconds(10), () => Agent.Tick(Host.Now));
    }

    private void Render()
    {
        double latencyNs = _latency * 1e9 / (48_000 * (1 + (_devicePpm * 1e-6)));
        MeshTime output = Host.Now.Add((long)(latencyNs * (1 + (Host.ClockPpm * 1e-6))));
        if (_jack is not null)
        {
            _jack.Cycle(output);
            Hear(_jack.State == TransportState.Rolling, _jack.Frame, latencyNs);
            Now = (_jack.Frame, _rig.TrueMeshTime(latencyNs));
            return;
        }

        _clock!.Begin(new FrameCount(_position), _period, output, 48_000);
        _position += _period;
        Now = (_clock.Spans[0].Frame + _clock.Spans[0].Part, _rig.TrueMeshTime(latencyNs));
        foreach (TransportSpan span in _clock.Spans)
        {
            Hear(span.IsRolling, span.Frame, latencyNs + (span.Offset * 1e9 / (48_000 * (1 + (_devicePpm * 1e-6)))));
        }
    }

    private void Hear(bool isRolling, long frame, double afterNs)
    {
        if (isRolling != _wasRolling)
        {
            _wasRolling = isRolling;
            Heard.Add((isRolling, frame, _rig.TrueMeshTime(afterNs)));
        }
    }
}
