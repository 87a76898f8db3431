// SPDX-License-Identifier: MIT
using AudioMesh.Dsp;
using AudioMesh.Realtime;

namespace AudioMesh.Graph;

/// <summary>A committed graph: steps in order, with memory for every block. Never changes; a change is a new plan.</summary>
public sealed unsafe class RenderPlan : IDisposable
{
    private readonly PlanStep[] _steps;
    private readonly PlanEdge[] _edges;
    private readonly PlanMemory _memory;
    private readonly float** _mixed;
    private readonly float** _inputParts;
    private readonly float** _outputParts;
    private readonly PlanClocks _clocks;

    /// <summary>Lays out <paramref name="topology"/>, all of it at one rate, for blocks of up to <paramref name="blockFrames"/>. Control side.</summary>
    public RenderPlan(GraphTopology topology, int blockFrames = GraphFormat.MaxBlockFrames)
        : this(topology, RateDomains.Of(topology, 0), blockFrames, resting: null)
    {
    }

    /// <summary>
    /// Lays out <paramref name="topology"/>, each node at its rate, for blocks of the device of up to <paramref name="blockFrames"/>. Control side.
    /// </summary>
    internal RenderPlan(GraphTopology topology, RateDomains rates, int blockFrames, HashSet<GraphNode>? resting)
    {
        PlanLayout layout = new(topology, rates, Math.Clamp(blockFrames, 1, GraphFormat.MaxBlockFrames));
        _steps = layout.Steps;
        _edges = layout.Edges;
        _memory = layout.Memory;
        _mixed = _memory.Mixed;
        _inputParts = _memory.InputParts;
        _outputParts = _memory.OutputParts;
        _clocks = layout.Clocks;
        for (int i = 0; i < _steps.Length && resting is not null; i++)
        {
            _steps[i].IsResting = resting.Contains(_steps[i].Node);
        }
    }

    /// <summary>Nodes in it.</summary>
    public int StepCount => _steps.Length;

    /// <summary>The most frames that it renders at once: so many that no node has more than <see cref="GraphFormat.MaxBlockFrames"/>.</summary>
    [RealtimeSafe]
    public int BlockFrames => _clocks.MostFrames;

    /// <summary>Renders one block of up to <see cref="BlockFrames"/> frames.</summary>
    [RealtimeSafe]
    public void Render(in RenderContext context)
    {
        _clocks.Begin(context);
        long begun = Clock.MeshClock.Now.Nanoseconds;
        for (int i = 0; i < _steps.Length; i++)
        {
            ref PlanStep step = ref _steps[i];
            GraphNode node = step.Node;
            NodeWatch watch = node.Watch;
            int before = _clocks.FramesOf(step.ClockBefore);
            int after = _clocks.FramesOf(step.ClockAfter);
            if (before + after == 0 || step.IsResting)
            {
                Rest(ref step, after);
                continue;
            }

            BlockView input = Gather(step, before);
            BlockView output = new(step.Outputs, step.OutputChannels, after, FrameFlags.None);
            RenderContext own = _clocks.ContextOf(step.ClockAfter, context);
            bool isWatched = !watch.IsUnsuspected;
            if (isWatched && !watch.MayRun())
            {
                step.Flags = GoPast(watch, input, output);
                begun = Clock.MeshClock.Now.Nanoseconds;
                continue;
            }

            step.Flags = node.Moves is { IsIdle: false } moves
                ? ProcessInParts(node, moves, own, input, output)
                : node.Process(own, input, output);
            long done = Clock.MeshClock.Now.Nanoseconds;
            long took = done - begun;
            node.Cost.Add(took);
            if (isWatched)
            {
                Judge(node, watch, context, output, took);
            }
            else if (took > context.BudgetNs)
            {
                watch.Suspect();
            }

            begun = done;
        }
    }

    /// <summary>Frees its memory; its nodes live on. Control side, when no device thread renders it.</summary>
    public void Dispose() => _memory.Dispose();

    [RealtimeSafe]
    private static void Rest(ref PlanStep step, int frames)
    {
        for (int channel = 0; channel < step.OutputChannels; channel++)
        {
            new Span<float>(step.Outputs[channel], frames).Clear();
        }

        step.Flags = FrameFlags.Silence;
    }

    [RealtimeSafe]
    private static void Judge(GraphNode node, NodeWatch watch, in RenderContext context, in BlockView output, long took)
    {
        if (watch.Judge(took, context.BudgetNs, output))
        {
            context.Events.TryPush(new RenderEvent(
                RenderEventKind.Bypassed, RenderCause.Overrun, node.Id, context.OutputTime, took, context.BudgetNs));
        }
    }

    // A piece ends where a setting begins to be heard or a ramp arrives.
    [RealtimeSafe]
    private FrameFlags ProcessInParts(GraphNode node, MoveQueue moves, in RenderContext context, in BlockView input, in BlockView output)
    {
        FrameFlags flags = FrameFlags.None;
        FrameFlags silence = FrameFlags.Silence;
        for (int done = 0; done < context.Frames;)
        {
            int count = moves.Begin(context, done);
            FrameFlags part = node.Process(
                context.Part(done, count), Part(input, _inputParts, done, count), Part(output, _outputParts, done, count));
            silence &= part;
            flags |= part;
            done += count;
        }

        return (flags & ~FrameFlags.Silence) | silence;
    }

    [RealtimeSafe]
    private static BlockView Part(in BlockView whole, float** pointers, int start, int count)
    {
        for (int channel = 0; channel < whole.ChannelCount; channel++)
        {
            pointers[channel] = whole.Channels[channel] + start;
        }

        return new BlockView(pointers, whole.ChannelCount, count, whole.Flags);
    }

    // What is left out hands on what comes to it: a source is silent then, and what changes the rate.
    [RealtimeSafe]
    private static FrameFlags GoPast(NodeWatch watch, in BlockView input, in BlockView output)
    {
        float gain = ChannelMap.GainOf(input.ChannelCount, output.ChannelCount);
        for (int channel = 0; channel < output.ChannelCount; channel++)
        {
            Span<float> samples = output.Channel(channel);
            samples.Clear();
            int count = ChannelMap.Sources(input.ChannelCount, output.ChannelCount, channel, out int first);
            for (int i = first; i < first + count && input.Frames == output.Frames; i++)
            {
                Mix.AddScaled(input.Channel(i), gain, samples);
            }
        }

        watch.Join(output);
        return input.Flags & ~FrameFlags.Silence;
    }

    [RealtimeSafe]
    private BlockView Gather(in PlanStep step, int frames)
    {
        int channels = step.InputChannels;
        if (step.EdgeCount == 1 && TryAlias(_edges[step.FirstEdge], channels, frames, out BlockView alias))
        {
            return alias;
        }

        for (int channel = 0; channel < channels; channel++)
        {
            new Span<float>(_mixed[channel], frames).Clear();
        }

        FrameFlags flags = step.EdgeCount == 0 ? FrameFlags.Silence : FrameFlags.None;
        for (int i = 0; i < step.EdgeCount; i++)
        {
            ref readonly PlanEdge edge = ref _edges[step.FirstEdge + i];
            Add(edge, channels, frames);
            flags |= _steps[edge.FromStep].Flags & ~FrameFlags.Silence;
        }

        return new BlockView(_mixed, channels, frames, flags);
    }

    // A single settled connection of equal width costs no copy: the node reads its source's block.
    [RealtimeSafe]
    private bool TryAlias(in PlanEdge edge, int channels, int frames, out BlockView alias)
    {
        ref PlanStep source = ref _steps[edge.FromStep];
        alias = new BlockView(source.Outputs, channels, frames, source.Flags);
        return source.OutputChannels == channels && edge.Gain.Current == 1 && edge.Gain.Target == 1;
    }

    [RealtimeSafe]
    private void Add(in PlanEdge edge, int channels, int frames)
    {
        ref PlanStep source = ref _steps[edge.FromStep];
        int sourceChannels = source.OutputChannels;
        float map = ChannelMap.GainOf(sourceChannels, channels);
        float to = edge.Gain.Advance(frames, out float from) * map;
        for (int channel = 0; channel < channels; channel++)
        {
            Span<float> destination = new(_mixed[channel], frames);
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
