// SPDX-License-Identifier: MIT
using AudioMesh.Clock;

namespace AudioMesh.Realtime;

/// <summary>
/// A run of at most <see cref="MaxSampleFrames"/> sample frames whose samples follow one another in time.
/// As the answer to a read it describes the first sample frame read, with the flags of everything the read touched.
/// </summary>
/// <param name="Position">Sample frames since the start of the ring, of its first.</param>
/// <param name="TimestampGpu">When its first sample frame is due; <see cref="MeshTime.Unknown"/> where nobody said.</param>
/// <param name="Flags">What is special about it.</param>
/// <param name="Sequence">Counts the frames of a ring, modulo 2^32.</param>
public readonly record struct JamAudioFrame(ulong Position, MeshTime TimestampGpu, FrameFlags Flags, uint Sequence)
{
    /// <summary>The most sample frames one frame covers.</summary>
    public const int MaxSampleFrames = 512;
}
