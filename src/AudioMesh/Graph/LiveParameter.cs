// SPDX-License-Identifier: MIT
using AudioMesh.Realtime;

namespace AudioMesh.Graph;

/// <summary>A numeric parameter of a node that may be set while it sounds, at once or at an exact frame.</summary>
public abstract class LiveParameter
{
    /// <summary>What it was set to last, in its own unit; it may be on its way there. Any thread.</summary>
    public abstract double Value { get; }

    /// <summary>How long a change takes that asks for no time, in frames.</summary>
    public virtual int UsualFrames => 0;

    /// <summary>Whether a change may take as long as is asked for; false where it can only jump, as a position in a file does.</summary>
    public virtual bool Ramps => true;

    /// <summary>Frames until it is where it was set to. Whoever renders the node ends a piece there. Device thread.</summary>
    [RealtimeSafe]
    public virtual int FramesLeft => 0;

    /// <summary>What setting it to <paramref name="value"/>, which its type allows, in <paramref name="frames"/> comes to. Control side. Throws InvalidArgument where this node cannot.</summary>
    public virtual ParameterMove Plan(double value, int frames) => new(value, value, frames);

    /// <summary>Begins <paramref name="move"/> with the next frame that the node renders. Any thread; of two at the same time the last one holds.</summary>
    [RealtimeSafe]
    public abstract void Begin(ParameterMove move);
}
