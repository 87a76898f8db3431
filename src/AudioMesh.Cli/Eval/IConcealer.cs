// SPDX-License-Identifier: MIT
namespace AudioMesh.Cli.Eval;

/// <summary>One channel of a stream under one method of concealment. Packets come in the order of the stream, all of one size.</summary>
internal interface IConcealer : IDisposable
{
    /// <summary>A packet arrived. What the method makes of it is played: after a gap it may fade into it.</summary>
    void Receive(Span<float> packet);

    /// <summary>
    /// A packet is lost: writes what is played instead. <paramref name="next"/> is the packet after it, where that is here already and the method
    /// looks ahead, else empty.
    /// </summary>
    void Lose(Span<float> packet, ReadOnlySpan<float> next);

    /// <summary>What a thread of its own does between packets.</summary>
    void Work()
    {
    }

    /// <summary>A copy in the same state, for trying a gap and going back.</summary>
    IConcealer Fork();

    void IDisposable.Dispose()
    {
    }
}
