// SPDX-License-Identifier: MIT
using AudioMesh.Realtime;

namespace AudioMesh.Graph;

/// <summary>
/// One node: made, prepared, set and disposed on the control side, processed on the device thread. Everything that arrives at its
/// input is mixed before it sees it; everything connected to its output sees the same block.
/// </summary>
public abstract class GraphNode : IDisposable
{
    private MoveQueue? _moves;

    /// <summary>For derived nodes.</summary>
    /// <param name="type">What kind of node this is.</param>
    /// <param name="inputChannels">0 for a source.</param>
    /// <param name="outputChannels">0 for a sink.</param>
    protected GraphNode(NodeType type, int inputChannels, int outputChannels)
    {
        Type = type;
        InputChannels = inputChannels;
        OutputChannels = outputChannels;
        Watch = new NodeWatch(outputChannels);
    }

    /// <summary>What kind of node this is.</summary>
    public NodeType Type { get; }

    /// <summary>Its number in requests and events, set once by its engine.</summary>
    public int Id { get; set; }

    /// <summary>What it is called in requests and saved graphs, set once by its engine; no two nodes of an engine are called the same.</summary>
    public string Name { get; set; } = "";

    /// <summary>What it was made from, set once by its engine; null for a node made by other means.</summary>
    public NodeArguments? Arguments { get; set; }

    /// <summary>Whose it is; null where it is nobody's, and so everybody's. Any thread.</summary>
    public NodeOwner? Owner { get; set; }

    /// <summary>Channels mixed for its input.</summary>
    public int InputChannels { get; }

    /// <summary>Channels of its output.</summary>
    public int OutputChannels { get; }

    /// <summary>Its share of the periods rendered.</summary>
    public NodeCost Cost { get; } = new();

    /// <summary>Work it wants done off the device thread, such as reading a file; null for none.</summary>
    public virtual IBackgroundWork? Background => null;

    /// <summary>What fills its gaps; null where it has none, or says nothing of them. Its concealer may be another after <see cref="Prepare"/>.</summary>
    public virtual GapFiller? Gaps => null;

    /// <summary>Settings of its parameters that wait for their time.</summary>
    public int WaitingMoves => Volatile.Read(ref _moves)?.Waiting ?? 0;

    /// <summary>Whether it is left out because it took too long; its input goes past it. Any thread.</summary>
    public bool IsBypassed => Watch.IsBypassed;

    /// <summary>What waits; null where nothing ever did. Written on the control side.</summary>
    internal MoveQueue? Moves => Volatile.Read(ref _moves);

    /// <summary>Where it stands in its topology.</summary>
    internal NodeLinks Links { get; } = new();

    /// <summary>What is made of its overrunning the time it has.</summary>
    internal NodeWatch Watch { get; }

    /// <summary>Whether it must run at the device's rate, because it takes from the device's channels or adds to them.</summary>
    public virtual bool RunsWithDevice => false;

    /// <summary>Frames of its output's rate from its input to its output.</summary>
    public virtual int LatencyFrames => 0;

    /// <summary>Gets ready for <paramref name="format"/>. Control side, never while the node is rendered; again when the format changes.</summary>
    public virtual void Prepare(GraphFormat format)
    {
    }

    /// <summary>
    /// Renders one block. <paramref name="output"/> holds rubbish and must be written whole. Returns what is known of what it wrote.
    /// </summary>
    [RealtimeSafe]
    public abstract FrameFlags Process(in RenderContext context, in BlockView input, in BlockView output);

    /// <summary>Its numeric live parameter called <paramref name="parameter"/>; null where there is none. Control side.</summary>
    public virtual LiveParameter? Live(string parameter) => null;

    /// <summary>Sets a live parameter to an allowed value, heard within 10 ms without a click. Control side, also while rendered.</summary>
    public virtual void Set(string parameter, ParameterValue value)
    {
        LiveParameter live = Live(parameter)
            ?? throw new AudioMeshException(AudioErrorKind.InvalidArgument, $"{Type.Name} has no live parameter '{parameter}'.");
        live.Begin(live.Plan(value.Number, live.UsualFrames));
    }

    /// <summary>A parameter's present value; null when the node has nothing to say of it. Any thread.</summary>
    public virtual ParameterValue? Get(string parameter) => Live(parameter) is { } live ? live.Value : default(ParameterValue?);

    /// <summary>Lets settings wait for their time. Control side.</summary>
    internal void Schedule(IEnumerable<ScheduledMove> moves)
    {
        MoveQueue queue = _moves ?? new MoveQueue(Type.Parameters.Count);
        queue.Add(moves);
        Volatile.Write(ref _moves, queue);
    }

    /// <summary>Gives back what it holds. Control side, never while the node is rendered.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc cref="Dispose()"/>
    protected virtual void Dispose(bool disposing)
    {
    }
}
