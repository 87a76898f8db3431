// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using AudioMesh.Clock;
using AudioMesh.Graph;
using AudioMesh.Realtime;

namespace AudioMesh.Compute.Tests.Rendering;

/// <summary>A node on its own, asked for block after block.</summary>
internal sealed unsafe class NodeBench : IDisposable
{
    private readonly GraphNode _node;
    private readonly float** _inputs;
    private readonly float** _outputs;
    private readonly DevicePorts _ports = new();

    public NodeBench(NodeType type, int periodFrames, params (string Name, ParameterValue Value)[] arguments)
    {
        _node = type.Create(new NodeArguments(type, arguments.ToDictionary(a => a.Name, a => a.Value)));
        _node.Id = 7;
        _node.Prepare(new GraphFormat(48_000, periodFrames));
        _inputs = Channels(_node.InputChannels);
        _outputs = Channels(_node.OutputChannels);
    }

    public GraphNode Node => _node;

    public EventQueue<RenderEvent> Events { get; } = new(1 << 16);

    public Span<float> Input(int channel) => new(_inputs[channel], GraphFormat.MaxBlockFrames);

    public Span<float> Output(int channel) => new(_outputs[channel], GraphFormat.MaxBlockFrames);

    public FrameFlags Process(int frames)
    {
        RenderContext context = new(frames, new FrameCount(0), MeshClock.Now, _ports, Events, 48_000, long.MaxValue);
        return _node.Process(
            context,
            new BlockView(_inputs, _node.InputChannels, frames, FrameFlags.None),
            new BlockView(_outputs, _node.OutputChannels, frames, FrameFlags.None));
    }

    /// <summary>Frames in the events of one kind so far, all of them because of the GPU.</summary>
    public (long Replaced, long Missing) CountFrames()
    {
        long replaced = 0, missing = 0;
        while (Events.TryPop(out RenderEvent next))
        {
            Assert.That((next.Cause, next.NodeId), Is.EqualTo((RenderCause.GpuLate, 7)));
            replaced += next.Kind == RenderEventKind.Replaced ? next.Value : 0;
            missing += next.Kind == RenderEventKind.Underrun ? next.Value : 0;
        }

        return (replaced, missing);
    }

    public void Dispose()
    {
        _node.Dispose();
        Free(_inputs, _node.InputChannels);
        Free(_outputs, _node.OutputChannels);
    }

    private static float** Channels(int count)
    {
        float** channels = (float**)NativeMemory.Alloc((nuint)(count * sizeof(float*)));
        for (int i = 0; i < count; i++)
        {
            channels[i] = (float*)NativeMemory.AlignedAlloc(GraphFormat.MaxBlockFrames * sizeof(float), 64);
            new Span<float>(channels[i], GraphFormat.MaxBlockFrames).Clear();
        }

        return channels;
    }

    private static void Free(float** channels, int count)
    {
        for (int i = 0; i < count; i++)
        {
            NativeMemory.AlignedFree(channels[i]);
        }

        NativeMemory.Free(channels);
    }
}
