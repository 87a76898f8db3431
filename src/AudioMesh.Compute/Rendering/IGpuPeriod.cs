// SPDX-License-Identifier: MIT
namespace AudioMesh.Compute.Rendering;

/// <summary>A patch recorded on one device, with memory for one period. None of its members allocates; for one thread at a time.</summary>
public interface IGpuPeriod : IDisposable
{
    /// <summary>What to submit between <see cref="Load"/> and <see cref="Read"/>.</summary>
    IComputeProgram Program { get; }

    /// <summary>Brings a period in: all frames of the first input, then all of the next; and the parameters.</summary>
    void Load(ReadOnlySpan<float> inputs, ReadOnlySpan<float> parameters);

    /// <summary>Takes the period out when it is done: all frames of the first output, then all of the next.</summary>
    void Read(Span<float> outputs);
}
