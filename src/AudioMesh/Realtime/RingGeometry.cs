// SPDX-License-Identifier: MIT
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using AudioMesh.Interop;
using static AudioMesh.Interop.AudioMeshRing;

namespace AudioMesh.Realtime;

/// <summary>A ring's memory as one process sees it: checked once, copied, and never read from shared memory again.</summary>
internal readonly unsafe struct RingGeometry
{
    public required audiomesh_ring_header* Header { get; init; }
    public required jam_audio_frame* Frames { get; init; }
    public required float* Samples { get; init; }
    public required int CapacityFrames { get; init; }
    public required int Channels { get; init; }
    public required int Rate { get; init; }
    public required int FrameSlots { get; init; }
    public required int LowWatermarkFrames { get; init; }
    public required int HighWatermarkFrames { get; init; }
    public required ulong Generation { get; init; }
    public required long Bytes { get; init; }

    public static long BytesNeeded(FrameRingOptions options)
    {
        options.Validate();
        return (long)Plan(options).total_bytes;
    }

    /// <summary>Writes an empty ring into <paramref name="memory"/>; the magic goes in last, so nobody attaches to half a ring.</summary>
    public static void Format(FrameRingOptions options, void* memory, long bytes)
    {
        options.Validate();
        audiomesh_ring_layout layout = Plan(options);
        RequireAligned(memory);
        if (bytes < (long)layout.total_bytes)
        {
            throw new AudioMeshException(
                AudioErrorKind.InvalidArgument, $"The ring needs {layout.total_bytes} bytes and was given {bytes}.");
        }

        audiomesh_ring_header* header = (audiomesh_ring_header*)memory;
        ulong generation = header->layout.magic == AUDIOMESH_RING_MAGIC ? header->layout.generation : 0;
        Volatile.Write(ref header->layout.magic, 0);
        Clear(memory, layout.total_bytes);
        uint magic = layout.magic;
        layout.magic = 0;
        layout.generation = generation + 1;
        header->layout = layout;
        header->writer.heartbeat_ns = JAM_TIME_UNKNOWN;
        header->reader.heartbeat_ns = JAM_TIME_UNKNOWN;
        Volatile.Write(ref header->layout.magic, magic);
    }

    /// <summary>Whether nobody has written a header yet.</summary>
    public static bool IsBlank(void* memory) => new ReadOnlySpan<byte>(memory, AUDIOMESH_RING_HEADER_BYTES).IndexOfAnyExcept((byte)0) < 0;

    /// <exception cref="AudioMeshException">Protocol: the memory does not hold a ring that fits into <paramref name="bytes"/>.</exception>
    public static RingGeometry Attach(void* memory, long bytes)
    {
        RequireAligned(memory);
        Check(bytes >= AUDIOMESH_RING_HEADER_BYTES, "bytes", bytes);
        audiomesh_ring_header* header = (audiomesh_ring_header*)memory;
        uint magic = Volatile.Read(ref header->layout.magic);
        Check(magic == AUDIOMESH_RING_MAGIC, nameof(magic), magic);
        audiomesh_ring_layout layout = Unsafe.ReadUnaligned<audiomesh_ring_layout>(&header->layout);
        CheckFields(layout);
        CheckPlaces(layout, bytes);
        return new RingGeometry
        {
            Header = header,
            Frames = (jam_audio_frame*)((byte*)memory + layout.frames_offset),
            Samples = (float*)((byte*)memory + layout.samples_offset),
            CapacityFrames = (int)layout.capacity_frames,
            Channels = (int)layout.channels,
            Rate = (int)layout.rate,
            FrameSlots = (int)layout.frame_slots,
            LowWatermarkFrames = (int)layout.low_watermark_frames,
            HighWatermarkFrames = (int)layout.high_watermark_frames,
            Generation = layout.generation,
            Bytes = (long)layout.total_bytes,
        };
    }

    /// <summary>What an end sees once its ring is disposed: a ring in <paramref name="pinned"/> that has ended and has no room.</summary>
    public static RingGeometry Ended(byte[] pinned)
    {
        audiomesh_ring_header* header = (audiomesh_ring_header*)Unsafe.AsPointer(ref pinned[0]);
        header->writer.state = AUDIOMESH_RING_COMPLETED;
        header->reader.state = AUDIOMESH_RING_COMPLETED;
        header->writer.heartbeat_ns = JAM_TIME_UNKNOWN;
        header->reader.heartbeat_ns = JAM_TIME_UNKNOWN;
        return new RingGeometry
        {
            Header = header,
            Frames = null,
            Samples = null,
            CapacityFrames = 0,
            Channels = 1,
            Rate = AUDIOMESH_RING_MIN_RATE,
            FrameSlots = 0,
            LowWatermarkFrames = 0,
            HighWatermarkFrames = 0,
            Generation = 0,
            Bytes = pinned.Length,
        };
    }

    /// <summary><paramref name="ahead"/> - <paramref name="behind"/> as the ring can hold it, whatever the other side claims.</summary>
    [RealtimeSafe]
    public static int Distance(ulong ahead, ulong behind, int limit)
    {
        long distance = (long)(ahead - behind);
        return distance < 0 ? 0 : distance > limit ? limit : (int)distance;
    }

    /// <summary>When the sample is due that lies <paramref name="frames"/>, at most a capacity, behind the one of <paramref name="timestamp"/>.</summary>
    [RealtimeSafe]
    public long TimeAfter(long timestamp, ulong frames) => timestamp == JAM_TIME_UNKNOWN
        ? JAM_TIME_UNKNOWN
        : timestamp + (long)((frames * 1_000_000_000 + (uint)Rate / 2) / (uint)Rate);

    // A writer that writes 16 or more sample frames at a time, each with a new timestamp, runs out of room before it runs out of slots.
    private static audiomesh_ring_layout Plan(FrameRingOptions options)
    {
        int frameSlots = Math.Max(AUDIOMESH_RING_MIN_FRAME_SLOTS, options.CapacityFrames / 16);
        long samplesOffset = AUDIOMESH_RING_HEADER_BYTES + ((long)frameSlots * sizeof(jam_audio_frame));
        long sampleBytes = (long)options.CapacityFrames * options.Channels * sizeof(float);
        return new audiomesh_ring_layout
        {
            magic = AUDIOMESH_RING_MAGIC,
            version = AUDIOMESH_RING_VERSION,
            header_bytes = AUDIOMESH_RING_HEADER_BYTES,
            capacity_frames = (uint)options.CapacityFrames,
            channels = (uint)options.Channels,
            rate = (uint)options.Rate,
            frame_slots = (uint)frameSlots,
            low_watermark_frames = (uint)options.LowWatermarkFrames,
            high_watermark_frames = (uint)options.HighWatermarkFrames,
            frames_offset = AUDIOMESH_RING_HEADER_BYTES,
            samples_offset = (ulong)samplesOffset,
            total_bytes = (ulong)(samplesOffset + sampleBytes),
        };
    }

    private static void CheckFields(in audiomesh_ring_layout layout)
    {
        Check(layout.version == AUDIOMESH_RING_VERSION, nameof(layout.version), layout.version);
        Check(layout.header_bytes == AUDIOMESH_RING_HEADER_BYTES, nameof(layout.header_bytes), layout.header_bytes);
        Check(IsPowerOfTwo(layout.capacity_frames, AUDIOMESH_RING_MIN_CAPACITY_FRAMES),
            nameof(layout.capacity_frames), layout.capacity_frames);
        Check(IsPowerOfTwo(layout.frame_slots, AUDIOMESH_RING_MIN_FRAME_SLOTS), nameof(layout.frame_slots), layout.frame_slots);
        Check(layout.channels is >= 1 and <= AUDIOMESH_RING_MAX_CHANNELS, nameof(layout.channels), layout.channels);
        Check(layout.rate is >= AUDIOMESH_RING_MIN_RATE and <= AUDIOMESH_RING_MAX_RATE, nameof(layout.rate), layout.rate);
        Check(layout.high_watermark_frames >= 1 && layout.high_watermark_frames <= layout.capacity_frames,
            nameof(layout.high_watermark_frames), layout.high_watermark_frames);
        Check(layout.low_watermark_frames <= layout.high_watermark_frames,
            nameof(layout.low_watermark_frames), layout.low_watermark_frames);
    }

    private static void CheckPlaces(in audiomesh_ring_layout layout, long bytes)
    {
        ulong frameBytes = (ulong)layout.frame_slots * (uint)sizeof(jam_audio_frame);
        ulong sampleBytes = (ulong)layout.capacity_frames * layout.channels * sizeof(float);
        Check(layout.total_bytes <= (ulong)bytes, nameof(layout.total_bytes), layout.total_bytes);
        Check(layout.frames_offset >= AUDIOMESH_RING_HEADER_BYTES && layout.frames_offset % AUDIOMESH_RING_LINE_BYTES == 0,
            nameof(layout.frames_offset), layout.frames_offset);
        Check(layout.samples_offset >= layout.frames_offset + frameBytes && layout.samples_offset % AUDIOMESH_RING_LINE_BYTES == 0
            && layout.total_bytes >= sampleBytes && layout.samples_offset <= layout.total_bytes - sampleBytes,
            nameof(layout.samples_offset), layout.samples_offset);
    }

    private static bool IsPowerOfTwo(uint value, uint least) =>
        value >= least && value <= AUDIOMESH_RING_MAX_CAPACITY_FRAMES && BitOperations.IsPow2(value);

    private static void RequireAligned(void* memory)
    {
        if (memory is null || (nuint)memory % AUDIOMESH_RING_LINE_BYTES != 0)
        {
            throw new AudioMeshException(
                AudioErrorKind.InvalidArgument, $"Ring memory at 0x{(nuint)memory:x} is not on a 64-byte boundary.");
        }
    }

    private static void Clear(void* memory, ulong bytes) =>
        NativeMemory.Clear((byte*)memory + sizeof(uint), (nuint)bytes - sizeof(uint));

    private static void Check(bool holds, string field, ulong value)
    {
        if (!holds)
        {
            throw new AudioMeshException(AudioErrorKind.Protocol, $"This memory holds no ring that fits it: {field} is {value}.")
            {
                Field = field,
            };
        }
    }

    private static void Check(bool holds, string field, long value) => Check(holds, field, (ulong)Math.Max(0, value));
}
