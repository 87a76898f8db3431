// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Dsp;
using AudioMesh.Interop;
using static AudioMesh.Interop.AudioMeshRing;

namespace AudioMesh.Realtime;

/// <summary>
/// The writing end of a <see cref="FrameRing"/>, for one thread at a time. A write takes what there is room for and never
/// waits; nothing unread is overwritten.
/// </summary>
[RealtimeSafe]
public sealed unsafe class FrameRingWriter
{
    private readonly RingMemory _memory;
    private readonly uint _processId = (uint)Environment.ProcessId;
    private RingGeometry _ring;
    private byte[]? _afterDispose;
    private ulong _position;
    private ulong _frameWrite;
    private ulong _refusedFrames;
    private long _faults;
    private ulong _openPosition;
    private long _openTimestamp;
    private FrameFlags _openFlags;
    private bool _hasOpenFrame;

    internal FrameRingWriter(in RingGeometry ring, RingMemory memory)
    {
        _memory = memory;
        _ring = ring;
        _position = Volatile.Read(ref ring.Header->writer.write_position);
        _frameWrite = Volatile.Read(ref ring.Header->writer.frame_write);
        _refusedFrames = Volatile.Read(ref ring.Header->writer_statistics.refused_frames);
    }

    /// <summary>Channels of the ring.</summary>
    public int Channels => _ring.Channels;

    /// <summary>Sample frames a write would take now, as far as room for samples goes.</summary>
    public int WritableFrames => Math.Max(0, _ring.HighWatermarkFrames - FillFrames);

    /// <summary>Sample frames written and not yet read.</summary>
    public int FillFrames =>
        RingGeometry.Distance(_position, Volatile.Read(ref _ring.Header->reader.read_position), _ring.CapacityFrames);

    /// <summary>Sample frames written since the ring was made.</summary>
    public ulong Position => _position;

    /// <summary>Sample frames offered to writes that did not take them.</summary>
    public ulong RefusedFrames => _refusedFrames;

    /// <summary>When the reader last said that it is alive; unknown if never.</summary>
    public MeshTime ReaderHeartbeat => new(Volatile.Read(ref _ring.Header->reader.heartbeat_ns));

    /// <summary>The reader's process, as of its last read or heartbeat; 0 before.</summary>
    public int ReaderProcessId => (int)Volatile.Read(ref _ring.Header->reader.pid);

    /// <summary>Nobody reads any more.</summary>
    public bool ReaderClosed => Volatile.Read(ref _ring.Header->reader.state) == AUDIOMESH_RING_COMPLETED;

    /// <summary>How often the reader wanted more than there was.</summary>
    public ulong Underruns => Volatile.Read(ref _ring.Header->reader_statistics.underruns);

    /// <summary>Sample frames the reader wanted and did not get.</summary>
    public ulong UnderrunFrames => Volatile.Read(ref _ring.Header->reader_statistics.underrun_frames);

    /// <summary>How often a write found the reader at a place where no reader can be: its header is not to be trusted. Any thread.</summary>
    public long Faults => Volatile.Read(ref _faults);

    /// <summary>Writes as many of the frames as there is room for; 0 after <see cref="Complete"/>.</summary>
    /// <param name="interleaved">Sample frames, one sample for each channel; an incomplete last frame is left out.</param>
    /// <param name="timestamp">When the first of them is due, or unknown.</param>
    /// <param name="flags">What is special about them; a discontinuity belongs to the first one only.</param>
    /// <returns>Sample frames written.</returns>
    public int Write(ReadOnlySpan<float> interleaved, MeshTime timestamp, FrameFlags flags)
    {
        int channels = _ring.Channels;
        int offered = interleaved.Length / channels;
        int frames = Reserve(offered, timestamp.Nanoseconds, flags);
        if (frames > 0)
        {
            int start = (int)_position & (_ring.CapacityFrames - 1);
            int head = Math.Min(frames, _ring.CapacityFrames - start);
            nint headSamples = (nint)head * channels;
            nint tailSamples = (nint)(frames - head) * channels;
            fixed (float* from = interleaved)
            {
                Copy(from, _ring.Samples + ((nint)start * channels), headSamples);
                Copy(from + headSamples, _ring.Samples, tailSamples);
            }
        }

        Publish(frames, offered);
        return frames;
    }

    /// <summary>Writes as many as there is room for of <paramref name="frames"/> frames, one buffer for each channel of the ring.</summary>
    /// <param name="channels">Buffers, as many as the ring has channels.</param>
    /// <param name="offset">Where in each buffer to begin, in frames.</param>
    /// <param name="frames">Frames on offer.</param>
    /// <param name="timestamp">When the first of them is due, or unknown.</param>
    /// <param name="flags">What is special about them; a discontinuity belongs to the first one only.</param>
    /// <returns>Sample frames written.</returns>
    public int WritePlanar(float** channels, int offset, int frames, MeshTime timestamp, FrameFlags flags)
    {
        int taken = Reserve(frames, timestamp.Nanoseconds, flags);
        if (taken > 0)
        {
            int start = (int)_position & (_ring.CapacityFrames - 1);
            int head = Math.Min(taken, _ring.CapacityFrames - start);
            Interleave.FromPlanar(channels, offset, _ring.Samples + ((nint)start * _ring.Channels), _ring.Channels, head);
            Interleave.FromPlanar(channels, offset + head, _ring.Samples, _ring.Channels, taken - head);
        }

        Publish(taken, frames);
        return taken;
    }

    /// <summary>No more will come: the reader drains what is left, and later writes take nothing.</summary>
    public void Complete() => Volatile.Write(ref _ring.Header->writer.state, AUDIOMESH_RING_COMPLETED);

    /// <summary>Takes <see cref="Complete"/> back: more will come after all.</summary>
    public void Reopen() => Volatile.Write(ref _ring.Header->writer.state, AUDIOMESH_RING_OPEN);

    /// <summary>Tells the reader for how long this writer's runtime has stood still so far, in nanoseconds since it started.</summary>
    public void ReportPauseTotal(long nanoseconds) => Volatile.Write(ref _ring.Header->writer.pause_total_ns, nanoseconds);

    internal void Detach(in RingGeometry ended, byte[] pinned)
    {
        _afterDispose = pinned;
        _ring = ended;
    }

    private static void Copy(float* from, float* to, long samples) =>
        Buffer.MemoryCopy(from, to, samples * sizeof(float), samples * sizeof(float));

    /// <summary>Opens the frames that up to <paramref name="frames"/> sample frames need; how many of them have room and a frame.</summary>
    private int Reserve(int frames, long timestamp, FrameFlags flags)
    {
        audiomesh_ring_header* header = _ring.Header;
        ulong read = Volatile.Read(ref header->reader.read_position);
        int fill = RingGeometry.Distance(_position, read, _ring.CapacityFrames);
        if ((ulong)fill != _position - read)
        {
            Volatile.Write(ref _faults, _faults + 1);
        }

        int count = Math.Min(frames, _ring.HighWatermarkFrames - fill);
        if (count <= 0 || Volatile.Read(ref header->writer.state) != AUDIOMESH_RING_OPEN)
        {
            return 0;
        }

        flags &= (FrameFlags)JAM_FRAME_ALL_FLAGS;
        ulong frameRead = Volatile.Read(ref header->reader.frame_read);
        int freeSlots = _ring.FrameSlots - RingGeometry.Distance(_frameWrite, frameRead, _ring.FrameSlots);
        if (!Continues(timestamp, flags))
        {
            if (freeSlots-- == 0)
            {
                return 0;
            }

            OpenFrame(_position, timestamp, flags);
        }

        while (true)
        {
            int covered = (int)(_openPosition + JAM_FRAME_MAX_SAMPLE_FRAMES - _position);
            if (covered >= count)
            {
                return count;
            }

            if (freeSlots-- == 0)
            {
                return covered;
            }

            OpenFrame(_position + (ulong)covered, _ring.TimeAfter(timestamp, (ulong)covered), flags & ~FrameFlags.Discontinuity);
        }
    }

    private bool Continues(long timestamp, FrameFlags flags)
    {
        ulong into = _position - _openPosition;
        if (!_hasOpenFrame || into >= JAM_FRAME_MAX_SAMPLE_FRAMES || flags != (_openFlags & ~FrameFlags.Discontinuity))
        {
            return false;
        }

        if (timestamp == JAM_TIME_UNKNOWN || _openTimestamp == JAM_TIME_UNKNOWN)
        {
            return timestamp == _openTimestamp;
        }

        ulong halfSample = 500_000_000u / (uint)_ring.Rate;
        ulong early = (ulong)(_ring.TimeAfter(_openTimestamp, into) - timestamp);
        return early + halfSample <= 2 * halfSample;
    }

    private void OpenFrame(ulong position, long timestamp, FrameFlags flags)
    {
        jam_audio_frame* frame = _ring.Frames + (_frameWrite & (uint)(_ring.FrameSlots - 1));
        frame->position = position;
        frame->timestamp_gpu = timestamp;
        frame->flags = (uint)flags;
        frame->sequence = (uint)_frameWrite;
        frame->reserved = 0;
        _frameWrite++;
        _openPosition = position;
        _openTimestamp = timestamp;
        _openFlags = flags;
        _hasOpenFrame = true;
    }

    // Frames before samples: whoever sees a sample sees its frame.
    private void Publish(int taken, int offered)
    {
        audiomesh_ring_header* header = _ring.Header;
        if (taken < offered)
        {
            _refusedFrames += (ulong)(offered - taken);
            Volatile.Write(ref header->writer_statistics.refused_frames, _refusedFrames);
        }

        _position += (ulong)taken;
        header->writer.heartbeat_ns = MeshClock.Now.Nanoseconds;
        header->writer.pid = _processId;
        Volatile.Write(ref header->writer.frame_write, _frameWrite);
        Volatile.Write(ref header->writer.write_position, _position);
        GC.KeepAlive(_memory);
    }
}
