// SPDX-License-Identifier: MIT
using AudioMesh.Graph;

namespace AudioMesh.Engine.Tests;

/// <summary>An engine on a <see cref="ManualBackend"/>, and short words for what the tests do with it.</summary>
internal abstract class EngineFixture
{
    protected AudioEngine Engine { get; private set; } = null!;

    protected ManualBackend Device { get; private set; } = null!;

    protected EventSubscription Events { get; private set; } = null!;

    /// <summary>The LADSPA plug-ins the engine may use.</summary>
    protected virtual AudioMesh.Plugins.LadspaHost? Ladspa => null;

    [SetUp]
    public void SetUpEngine()
    {
        Device = new ManualBackend();
        NodeCatalogue nodes = NodeCatalogue.CreateDefault(Ladspa).Add(SlowNode.NodeType).Add(BusyNode.Working).Add(BusyNode.Stalled).Add(LateDiskNode.NodeType);
        BackendCatalogue backends = new BackendCatalogue().Add("manual", () => Device, isAutomatic: true);
        Engine = new AudioEngine(new AudioEngineOptions { Nodes = nodes, Backends = backends });
        Events = Engine.Subscribe();
        Events.Select(Enum.GetValues<EngineEventKind>());
    }

    [TearDown]
    public void TearDownEngine()
    {
        // No thread pulls any more, so a stop would wait for a fade nobody renders.
        if (Device.State == Backends.BackendState.Running)
        {
            Device.Stop();
        }

        Engine.Dispose();
        Events.Dispose();
        Device.Dispose();
    }

    protected void Open(int periodFrames = 64, int inputChannels = 0, int outputChannels = 2) => Engine.OpenDevice(
        "auto", new Backends.StreamRequest { PeriodFrames = periodFrames, InputChannels = inputChannels, OutputChannels = outputChannels });

    protected int Add(string type, params (string Name, ParameterValue Value)[] arguments) =>
        Engine.CreateNode(type, arguments.ToDictionary(a => a.Name, a => a.Value)).Id;

    protected void Set(int node, string name, ParameterValue value) =>
        Engine.SetParameters(node, new Dictionary<string, ParameterValue> { [name] = value });

    protected void Chain(params int[] nodes)
    {
        for (int i = 1; i < nodes.Length; i++)
        {
            Engine.Connect(nodes[i - 1], nodes[i]);
        }
    }

    /// <summary>Pulls on a thread of its own while <paramref name="action"/> runs, as a device would.</summary>
    protected void WhilePulling(Action action)
    {
        bool isOver = false;
        Thread device = new(() =>
        {
            while (!Volatile.Read(ref isOver))
            {
                Device.Pull(64);
            }
        });
        device.Start();
        try
        {
            action();
        }
        finally
        {
            Volatile.Write(ref isOver, true);
            device.Join();
        }
    }

    /// <summary>The next event that <paramref name="match"/> accepts; fails when none comes in 30 s.</summary>
    protected EngineEvent Await(Predicate<EngineEvent> match)
    {
        using CancellationTokenSource limit = new(TimeSpan.FromSeconds(30));
        while (true)
        {
            EngineEvent next = Events.Events.ReadAsync(limit.Token).AsTask().GetAwaiter().GetResult();
            if (match(next))
            {
                return next;
            }
        }
    }

    protected static float LargestStep(float[] samples)
    {
        float largest = 0;
        for (int i = 1; i < samples.Length; i++)
        {
            largest = Math.Max(largest, Math.Abs(samples[i] - samples[i - 1]));
        }

        return largest;
    }
}
