// SPDX-License-Identifier: MIT
using AudioMesh.Dsp;
using AudioMesh.Realtime;

namespace AudioMesh.Graph;

/// <summary>A committed graph: steps in order, with memory for every block. Never changes; a change is a new plan.</summary>
public sealed unsafe class RenderPlan : IDisposable
{
    private readonly PlanStep[] _steps;
    private readonly PlanEdge[] _edges;
    private readonly FrameFlags[] _flags;
    private readonly PlanMemory _memory;

    /// <summary>Lays out <paramref name="topology"/>. Control side.</summary>
    public RenderPlan(GraphTopology topology)
    {
        List<GraphNode> order = topology.InOrder();
        Dictionary<GraphNode, int> indexes = [];
        _memory = new PlanMemory(order);
        _steps = new PlanStep[order.Count];
        _flags = new FrameFlags[order.Count];
        List<PlanEdge> edges = [];
        for (int i = 0; i < order.Count; i++)
        {
            GraphNode node = order[i];
            indexes[node] = i;
            int first = edges.Count;
            foreach (GraphEdge edge in topology.Edges)
            {
                if (edge.To == node)
                {
                    edges.Add(new PlanEdge(indexes[edge.From], edge.Gain));
                }
            }

            _steps[i] = new PlanStep
            {
                Node = node,
                FirstEdge = first,
                EdgeCount = edges.Count - first,
                Inputs = _memory.Take(node.InputChannels),
                Outputs = _memory.Take(node.OutputChannels),
            };
        }

        _edges = [.. edges];
    }

    /// <summary>Nodes in it.</summary>
    public int StepCount => _steps.Length;

    /// <summary>Renders one block of up to <see cref="GraphFormat.MaxBlockFrames"/> frames.</summary>
    [RealtimeSafe]
    public void Render(in RenderContext context)
    {
        long before = Clock.MeshClock.Now.Nanoseconds;
        for (int i = 0; i < _steps.Length; i++)
        {
            ref PlanStep step = ref _steps[i];
            BlockView input = Gather(step, context.Frames);
            BlockView output = new(step.Outputs, step.Node.OutputChannels, context.Frames, FrameFlags.None);
            _flags[i] = step.Node.Process(context, input, output);
            long after = Clock.MeshClock.Now.Nanoseconds;
            step.Node.Cost.Add(after - before);
            before = after;
        }
    }

    /// <summary>Frees its memory; its nodes live on. Control side, when no device thread renders it.</summary>
    public void Dispose() => _memory.Dispose();

    [RealtimeSafe]
    private BlockView Gather(in PlanStep step, int frames)
    {
        int channels = step.Node.InputChannels;
        if (step.EdgeCount == 1 && TryAlias(_edges[step.FirstEdge], channels, frames, out BlockView alias))
        {
            return alias;
        }

        for (int channel = 0; channel < channels; channel++)
        {
            new Span<float>(step.Inputs[channel], frames).Clear();
        }

        FrameFlags flags = step.EdgeCount == 0 ? FrameFlags.Silence : FrameFlags.None;
        for (int i = 0; i < step.EdgeCount; i++)
        {
            ref readonly PlanEdge edge = ref _edges[step.FirstEdge + i];
            Add(edge, step.Inputs, channels, frames);
            flags |= _flags[edge.FromStep] & ~FrameFlags.Silence;
        }

        return new BlockView(step.Inputs, channels, frames, flags);
    }

    // A single settled connection of equal width costs no copy: the node reads its source's block.
    [RealtimeSafe]
    private bool TryAlias(in PlanEdge edge, int channels, int frames, out BlockView alias)
    {
        ref PlanStep source = ref _steps[edge.FromStep];
        alias = new BlockView(source.Outputs, channels, frames, _flags[edge.FromStep]);
        return source.Node.OutputChannels == channels && edge.Gain.Current == 1 && edge.Gain.Target == 1;
    }

    [RealtimeSafe]
    private void Add(in PlanEdge edge, float** inputs, int channels, int frames)
    {
        ref PlanStep source = ref _steps[edge.FromStep];
        int sourceChannels = source.Node.OutputChannels;
        float map = ChannelMap.GainOf(sourceChannels, channels);
        float to = edge.Gain.Advance(frames, out float from) * map;
        for (int channel = 0; channel < channels; channel++)
        {
            Span<float> destination = new(inputs[channel], frames);
            int count = ChannelMap.Sources(sourceChannels, channels, channel, out int first);
            for (int i = first; i < first + count; i++)
            {
                AddChannel(new ReadOnlySpan<float>(source.Outputs[i], frames), from * map, to, destination);
            }
        }
    }

    [RealtimeSafe]
    private static void AddChannel(ReadOnlySpan<float> source, float from, float to, Span<float> destination)
    {
        if (from == 1 && to == 1)
        {
            Mix.Add(source, destination);
        }
        else
        {
            GainRamp.AddRamped(source, from, to, destination);
        }
    }
}
