// SPDX-License-Identifier: MIT
using AudioMesh.Realtime;

namespace AudioMesh.Graph;

/// <summary>
/// One node: made, prepared, set and disposed on the control side, processed on the device thread. Everything that arrives at its
/// input is mixed before it sees it; everything connected to its output sees the same block.
/// </summary>
public abstract class GraphNode : IDisposable
{
    /// <summary>For derived nodes.</summary>
    /// <param name="type">What kind of node this is.</param>
    /// <param name="inputChannels">0 for a source.</param>
    /// <param name="outputChannels">0 for a sink.</param>
    protected GraphNode(NodeType type, int inputChannels, int outputChannels)
    {
        Type = type;
        InputChannels = inputChannels;
        OutputChannels = outputChannels;
    }

    /// <summary>What kind of node this is.</summary>
    public NodeType Type { get; }

    /// <summary>Its number in requests and events, set once by its engine.</summary>
    public int Id { get; set; }

    /// <summary>Channels mixed for its input.</summary>
    public int InputChannels { get; }

    /// <summary>Channels of its output.</summary>
    public int OutputChannels { get; }

    /// <summary>Its share of the periods rendered.</summary>
    public NodeCost Cost { get; } = new();

    /// <summary>Work it wants done off the device thread, such as reading a file; null for none.</summary>
    public virtual IBackgroundWork? Background => null;

    /// <summary>Gets ready for <paramref name="format"/>. Control side, never while the node is rendered; again when the format changes.</summary>
    public virtual void Prepare(GraphFormat format)
    {
    }

    /// <summary>
    /// Renders one block. <paramref name="output"/> holds rubbish and must be written whole. Returns what is known of what it wrote.
    /// </summary>
    [RealtimeSafe]
    public abstract FrameFlags Process(in RenderContext context, in BlockView input, in BlockView output);

    /// <summary>Sets a live parameter to an allowed value, heard within 10 ms without a click. Control side, also while rendered.</summary>
    public virtual void Set(string parameter, ParameterValue value) =>
        throw new AudioMeshException(AudioErrorKind.InvalidArgument, $"{Type.Name} has no live parameter '{parameter}'.");

    /// <summary>A parameter's present value; null when the node has nothing to say of it. Any thread.</summary>
    public virtual ParameterValue? Get(string parameter) => null;

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
