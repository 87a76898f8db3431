// SPDX-License-Identifier: MIT
namespace AudioMesh.Resampling.Candidates;

/// <summary>One stream being resampled, interleaved, as the library at hand does it.</summary>
internal interface IStream : IDisposable
{
    /// <summary>Takes all of <paramref name="input"/>, and returns the frames written to <paramref name="output"/>, whose room is ample.</summary>
    int Process(ReadOnlySpan<float> input, Span<float> output);
}
