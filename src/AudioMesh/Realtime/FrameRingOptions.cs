// SPDX-License-Identifier: MIT
using System.Numerics;
using static AudioMesh.Interop.AudioMeshRing;

namespace AudioMesh.Realtime;

/// <summary>The shape of a <see cref="FrameRing"/>. Frames are sample frames: one sample for each channel.</summary>
public sealed record FrameRingOptions
{
    /// <summary>Room for sample frames: a power of two, 16 to 16777216.</summary>
    public required int CapacityFrames { get; init; }

    /// <summary>Interleaved channels, 1 to 64.</summary>
    public required int Channels { get; init; }

    /// <summary>Sample frames per second, 8000 to 768000.</summary>
    public required int Rate { get; init; }

    /// <summary>Below this fill the writer is late. At most <see cref="HighWatermarkFrames"/>.</summary>
    public int LowWatermarkFrames { get; init; }

    /// <summary>The writer fills no further: the depth, and so the latency, of the ring. The whole capacity unless set.</summary>
    public int HighWatermarkFrames { get => _highWatermarkFrames ?? CapacityFrames; init => _highWatermarkFrames = value; }

    private readonly int? _highWatermarkFrames;

    internal void Validate()
    {
        Check(CapacityFrames >= AUDIOMESH_RING_MIN_CAPACITY_FRAMES && CapacityFrames <= AUDIOMESH_RING_MAX_CAPACITY_FRAMES
            && BitOperations.IsPow2(CapacityFrames), nameof(CapacityFrames), CapacityFrames, "a power of two, 16..16777216");
        Check(Channels is >= 1 and <= AUDIOMESH_RING_MAX_CHANNELS, nameof(Channels), Channels, "1..64");
        Check(Rate is >= AUDIOMESH_RING_MIN_RATE and <= AUDIOMESH_RING_MAX_RATE, nameof(Rate), Rate, "8000..768000");
        Check(HighWatermarkFrames >= 1 && HighWatermarkFrames <= CapacityFrames,
            nameof(HighWatermarkFrames), HighWatermarkFrames, $"1..{CapacityFrames}");
        Check(LowWatermarkFrames >= 0 && LowWatermarkFrames <= HighWatermarkFrames,
            nameof(LowWatermarkFrames), LowWatermarkFrames, $"0..{HighWatermarkFrames}");
    }

    private static void Check(bool holds, string name, int value, string allowed)
    {
        if (!holds)
        {
            throw new AudioMeshException(AudioErrorKind.InvalidArgument, $"Ring {name} is {value}; allowed: {allowed}.")
            {
                Field = name,
                Allowed = allowed,
            };
        }
    }
}
