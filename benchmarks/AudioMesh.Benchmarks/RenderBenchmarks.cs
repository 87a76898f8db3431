// SPDX-License-Identifier: MIT
using AudioMesh.Backends;
using AudioMesh.Clock;
using AudioMesh.Engine;
using AudioMesh.Graph;
using BenchmarkDotNet.Attributes;

namespace AudioMesh.Benchmarks;

/// <summary>One period of 64 frames, stereo, as a device would ask for it.</summary>
public unsafe class RenderBenchmarks
{
    private const int Frames = 64;
    private const int Channels = 2;
    private static readonly GraphFormat Format = new(48000, Frames);
    private readonly float[] _output = GC.AllocateArray<float>(Frames * Channels, pinned: true);
    private readonly NodeCatalogue _catalogue = NodeCatalogue.CreateDefault();
    private readonly GraphTopology _topology = new();
    private Renderer _renderer = null!;
    private DeviceBlock _block;
    private nint _pointers;
    private int _nextId = 1;

    /// <summary>Nodes: tones on a mixer, gains after it, and the device's output.</summary>
    [Params(2, 32)]
    public int Nodes { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        _renderer = new Renderer();
        _renderer.Telemetry.Restart(Format.Rate);
        _renderer.Commit(MakePlan());
        _pointers = System.Runtime.InteropServices.Marshal.AllocHGlobal(Channels * sizeof(float*));
        float** outputs = (float**)_pointers;
        for (int channel = 0; channel < Channels; channel++)
        {
            outputs[channel] = (float*)System.Runtime.InteropServices.Marshal.UnsafeAddrOfPinnedArrayElement(_output, channel * Frames);
        }

        _block = new DeviceBlock { Outputs = outputs, OutputChannels = Channels, Frames = Frames };
    }

    [GlobalCleanup]
    public void CleanUp()
    {
        _renderer.Dispose();
        System.Runtime.InteropServices.Marshal.FreeHGlobal(_pointers);
    }

    [Benchmark]
    public void Period()
    {
        MeshTime now = MeshClock.Now;
        _block.PeriodTime = now;
        _block.WakeTime = now;
        _block.OutputTime = now;
        _renderer.Render(_block);
        _block.DeviceFrame += Frames;
    }

    private RenderPlan MakePlan()
    {
        GraphNode sink = Add("device_sink");
        if (Nodes == 2)
        {
            _topology.Connect(Add("tone"), sink, fadesIn: false);
            return new RenderPlan(_topology);
        }

        GraphNode last = Add("mixer");
        int tones = Nodes / 2;
        for (int i = 0; i < tones; i++)
        {
            _topology.Connect(Add("tone"), last, fadesIn: false);
        }

        for (int i = tones + 2; i < Nodes; i++)
        {
            GraphNode gain = Add("gain");
            _topology.Connect(last, gain, fadesIn: false);
            last = gain;
        }

        _topology.Connect(last, sink, fadesIn: false);
        return new RenderPlan(_topology);
    }

    private GraphNode Add(string type)
    {
        NodeType found = _catalogue.Find(type);
        GraphNode node = found.Create(new NodeArguments(found, new Dictionary<string, ParameterValue>()));
        node.Id = _nextId++;
        node.Prepare(Format);
        _topology.Add(node);
        return node;
    }
}
