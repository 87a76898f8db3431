// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Network.Tests.Bus;
using AudioMesh.Network.Tests.Time;
using AudioMesh.Network.Transport;

namespace AudioMesh.Network.Tests.Transport;

/// <summary>Machines with clocks up to 100 ppm and 50 ms off, and a director on the first of them; and a judge who knows what time it is.</summary>
internal sealed class TransportRig
{
    private static readonly double[] Ppm = [0, 100, -100, 60, -70];
    private static readonly double[] OffsetMs = [0, 50, -50, 20, -35];

    public TransportRig(ulong seed, params (int Period, int? SlowCycles)[] hosts)
        : this(seed, new TransportAgentOptions(), followsMesh: false, hosts)
    {
    }

    public TransportRig(ulong seed, TransportAgentOptions agents, bool followsMesh, params (int Period, int? SlowCycles)[] hosts)
    {
        (Agents, FollowsMesh) = (agents, followsMesh);
        Time = new TimeMesh(seed);
        List<TimeNode> nodes = [.. hosts.Select((_, i) => Time.Add(Ppm[i], 10 + (OffsetMs[i] / 3_600_000)))];
        Time.Join(TimeMesh.Lan);
        for (int i = 0; i < hosts.Length; i++)
        {
            Hosts.Add(new RigHost(this, $"host{i}", nodes[i], hosts[i].Period, Ppm[^(i + 1)] / 2, 100 + (137 * i), hosts[i].SlowCycles));
        }

        RigHost first = Hosts[0];
        Director = new TransportDirector(first.Bus, first.Node.Service.Timebase, () => first.Host.Now);
        Run(8);
    }

    public TimeMesh Time { get; }

    /// <summary>How all agents take part.</summary>
    public TransportAgentOptions Agents { get; }

    /// <summary>Whether engines keep to mesh time.</summary>
    public bool FollowsMesh { get; }

    public SimulatedBusNetwork Network { get; } = new();

    public List<RigHost> Hosts { get; } = [];

    public TransportDirector Director { get; }

    public void Run(double seconds) => Time.Mesh.Run(TimeSpan.FromSeconds(seconds));

    /// <summary>Lets the others know a host's new process, and forget the old one.</summary>
    public void Replace(TimeNode before, TimeNode node)
    {
        foreach (TimeNode other in Hosts.Select(host => host.Node).Where(other => other.Host != node.Host))
        {
            other.Service.RemovePeer(before.Id, other.Host.Now);
            node.Meet(other);
            other.Meet(node);
        }
    }

    /// <summary>Carries an order out, doing <paramref name="meanwhile"/> at every step.</summary>
    public DirectorRun Carry(DirectorPlan plan, Action<DirectorRun>? meanwhile = null)
    {
        DirectorRun run = Director.Begin(plan);
        for (int step = 0; step < 10_000 && !run.IsOver; step++)
        {
            run.Tick(Hosts[0].Host.Now);
            meanwhile?.Invoke(run);
            Run(0.005);
        }

        Assert.That(run.IsOver, Is.True, $"it hangs in {run.Phase}");
        return run;
    }

    /// <summary>What the reference's mesh time will be, in truth, so many nanoseconds from now.</summary>
    public MeshTime TrueMeshTime(double afterNs)
    {
        TimeNode reference = Hosts.Select(host => host.Node).FirstOrDefault(node => node.Service.IsReference && node.Host.IsAlive) ?? Hosts[0].Node;
        MeshTime then = reference.Host.Now.Add((long)Math.Round(afterNs * (1 + (reference.Host.ClockPpm * 1e-6))));
        return reference.Reading.Map.ToMesh(then.Nanoseconds);
    }

    /// <summary>By how many frames what was heard is ahead of what was asked for.</summary>
    public static double ErrorFrames((bool Begins, long Frame, MeshTime At) heard, long frame, MeshTime at) => heard.Frame - frame - ((heard.At - at) * 48_000e-9);
}
