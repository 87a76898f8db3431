// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Network.Impairment;
using AudioMesh.Network.Tests.Simulation;
using AudioMesh.Network.Time;

namespace AudioMesh.Network.Tests.Time;

/// <summary>A simulated mesh of hosts that keep time, and a judge who sees all of their clocks.</summary>
internal sealed class TimeMesh(ulong seed)
{
    private readonly Dictionary<TimeNode, TimebaseReading> _before = [];

    public SimulatedMesh Mesh { get; } = new(seed);

    public List<TimeNode> Nodes { get; } = [];

    /// <summary>Distances from the reference, nanoseconds, of all locked hosts at all looks.</summary>
    public List<double> ErrorsNs { get; } = [];

    /// <summary>The bounds at the same looks.</summary>
    public List<double> BoundsNs { get; } = [];

    /// <summary>Looks at which a host was further from its reference than its bound.</summary>
    public int Broken { get; private set; }

    public string FirstBroken { get; private set; } = "";

    /// <summary>The most by which a host's mesh time left the line on which it was at the look before.</summary>
    public double WorstStepNs { get; private set; }

    public static ImpairmentOptions Lan { get; } = Link(50, 50, loss: 0.01);

    public static ImpairmentOptions Link(double delayUs, double jitterUs, double loss = 0) => new()
    {
        Delay = TimeSpan.FromMicroseconds(delayUs),
        Jitter = TimeSpan.FromMicroseconds(jitterUs),
        Loss = GilbertElliott.Independent(loss),
    };

    public TimeNode Add(double ppm, double offsetHours, TimeOptions? options = null)
    {
        int index = Nodes.Count;
        SimulatedHost host = Mesh.AddHost($"host{index}", new HostClock
        {
            Offset = TimeSpan.FromHours(offsetHours),
            Ppm = ppm,
            WanderPpbPerSecond = 4,
        });
        TimeNode node = new(host, (ulong)(index + 1) * 1111, options);
        Nodes.Add(node);
        return node;
    }

    /// <summary>Joins all hosts there are and lets them know each other.</summary>
    public void Join(ImpairmentOptions link)
    {
        Mesh.ConnectAll(link);
        MeetAll();
    }

    public void MeetAll()
    {
        foreach (TimeNode one in Nodes)
        {
            foreach (TimeNode other in Nodes.Where(other => other != one))
            {
                one.Meet(other);
            }
        }
    }

    /// <summary>Lets time pass, and looks at every host each <paramref name="look"/>.</summary>
    public void Run(TimeSpan time, TimeSpan look)
    {
        for (TimeSpan gone = TimeSpan.Zero; gone < time; gone += look)
        {
            Mesh.Run(look);
            Nodes.ForEach(Look);
        }
    }

    public void ForgetLooks()
    {
        _before.Clear();
        ErrorsNs.Clear();
        BoundsNs.Clear();
        WorstStepNs = 0;
    }

    public double P99ErrorNs() => Quantile(ErrorsNs, 0.99);

    /// <summary>One line of figures for docs/mesh-time.md.</summary>
    public void Report() => TestContext.Out.WriteLine(
        $"error p50 {Quantile(ErrorsNs, 0.5) / 1000:F1} p99 {P99ErrorNs() / 1000:F1} max {ErrorsNs.Max() / 1000:F1} us, "
        + $"bound p50 {Quantile(BoundsNs, 0.5) / 1000:F0} max {BoundsNs.Max() / 1000:F0} us, worst step {WorstStepNs / 1000:F2} us, {ErrorsNs.Count} looks");

    private static double Quantile(List<double> values, double share)
    {
        List<double> sorted = [.. values.Order()];
        return sorted[(int)((sorted.Count - 1) * share)];
    }

    private void Look(TimeNode node)
    {
        if (!node.Host.IsAlive || node.Host.IsSuspended)
        {
            _before.Remove(node);
            return;
        }

        MeshTime now = node.Host.Now;
        TimebaseReading reading = node.Reading;
        MeshTime shown = reading.Map.ToMesh(now.Nanoseconds);
        if (_before.TryGetValue(node, out TimebaseReading before))
        {
            WorstStepNs = Math.Max(WorstStepNs, Math.Abs((double)(shown - before.Map.ToMesh(now.Nanoseconds))));
        }

        _before[node] = reading;
        TimeNode reference = Nodes.Single(other => other.Id == reading.ReferenceId);
        TimebaseReading truth = reference.Reading;
        if (reference == node || truth.ReferenceId != reference.Id || truth.MeshId != reading.MeshId || reading.State == TimebaseState.Acquiring)
        {
            return;
        }

        MeshTime referenceNow = reference.Host.Now;
        MeshTime right = truth.Map.ToMesh(referenceNow.Nanoseconds);
        double errorNs = Math.Abs((double)(shown - right));
        double boundNs = reading.Map.ErrorAt(shown) + (reference.Host.IsAlive ? truth.Map.ErrorAt(right) : truth.Map.ErrorNs);
        ErrorsNs.Add(errorNs);
        BoundsNs.Add(reading.Map.ErrorAt(shown));
        if (errorNs > boundNs)
        {
            Broken++;
            FirstBroken = FirstBroken.Length > 0 ? FirstBroken
                : $"{node.Host.Name} at {Mesh.TrueTime.Nanoseconds * 1e-9:F3} s, {reading.State}: off by {errorNs:F0} ns, bound {boundNs:F0} ns";
        }
    }
}
