// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using AudioMesh.Clock;
using AudioMesh.Realtime;

namespace AudioMesh.Tests.Realtime;

/// <summary>Samples, flags and times that follow from the position alone, so that every read can be checked; as in ring_peer.c.</summary>
internal sealed class RingSignal(int channels, int rate, ulong seed)
{
    public const int SegmentFrames = 96;
    private const long Start = 1_000_000_000_000;

    public uint BitsAt(ulong position, int channel) => (uint)(Mix(seed + (position * 64) + (ulong)channel) >> 32);

    public static FrameFlags FlagsAt(ulong position) => (position / SegmentFrames % 5) switch
    {
        1 => FrameFlags.Predicted,
        3 => FrameFlags.Dropout | FrameFlags.GpuLate,
        _ => FrameFlags.None,
    };

    public long TimeAt(ulong position) => Start + (long)(((position * 1_000_000_000) + ((uint)rate / 2)) / (uint)rate);

    /// <summary>Writes up to <paramref name="frames"/>, not beyond the segment, from the writer's position on.</summary>
    public int Write(FrameRingWriter writer, int frames, uint[] scratch)
    {
        ulong position = writer.Position;
        frames = Math.Min(frames, SegmentFrames - (int)(position % SegmentFrames));
        for (int i = 0; i < frames * channels; i++)
        {
            scratch[i] = BitsAt(position + (ulong)(i / channels), i % channels);
        }

        return writer.Write(Floats(scratch.AsSpan(0, frames * channels)), new MeshTime(TimeAt(position)), FlagsAt(position));
    }

    /// <summary>Reads up to <paramref name="frames"/> and checks every sample, the flags and the time.</summary>
    public int ReadAndCheck(FrameRingReader reader, int frames, uint[] scratch)
    {
        ulong position = reader.Position;
        int read = reader.Read(Floats(scratch.AsSpan(0, frames * channels)), out JamAudioFrame first);
        FrameFlags flags = FrameFlags.None;
        for (int i = 0; i < read * channels; i++)
        {
            ulong at = position + (ulong)(i / channels);
            flags |= FlagsAt(at);
            if (scratch[i] != BitsAt(at, i % channels))
            {
                Assert.Fail($"sample {at}, channel {i % channels} is not what was written");
            }
        }

        long late = first.TimestampGpu.Nanoseconds - TimeAt(position);
        if (read > 0 && (first.Position != position || first.Flags != flags || late is < -1 or > 1))
        {
            Assert.Fail($"{read} frames at {position} ({flags}, {TimeAt(position)}) came as {first}");
        }

        return read;
    }

    private static Span<float> Floats(Span<uint> bits) => MemoryMarshal.Cast<uint, float>(bits);

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
