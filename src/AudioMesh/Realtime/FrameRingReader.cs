// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Dsp;
using AudioMesh.Interop;
using static AudioMesh.Interop.AudioMeshRing;

namespace AudioMesh.Realtime;

/// <summary>The reading end of a <see cref="FrameRing"/>, for one thread at a time. A read gives what there is and never waits.</summary>
[RealtimeSafe]
public sealed unsafe class FrameRingReader
{
    private readonly RingMemory _memory;
    private readonly uint _processId = (uint)Environment.ProcessId;
    private RingGeometry _ring;
    private byte[]? _afterDispose;
    private ulong _position;
    private ulong _frameRead;
    private ulong _underruns;
    private ulong _underrunFrames;
    private long _faults;

    internal FrameRingReader(in RingGeometry ring, RingMemory memory)
    {
        _memory = memory;
        _ring = ring;
        _position = Volatile.Read(ref ring.Header->reader.read_position);
        _frameRead = Volatile.Read(ref ring.Header->reader.frame_read);
        _underruns = Volatile.Read(ref ring.Header->reader_statistics.underruns);
        _underrunFrames = Volatile.Read(ref ring.Header->reader_statistics.underrun_frames);
    }

    /// <summary>Channels of the ring.</summary>
    public int Channels => _ring.Channels;

    /// <summary>Sample frames a read would give now.</summary>
    public int ReadableFrames =>
        RingGeometry.Distance(Volatile.Read(ref _ring.Header->writer.write_position), _position, _ring.CapacityFrames);

    /// <summary>Sample frames read or skipped since the ring was made.</summary>
    public ulong Position => _position;

    /// <summary>The writer has completed and everything it wrote has been read.</summary>
    public bool IsCompleted => WriterCompleted && ReadableFrames == 0;

    /// <summary>The writer will write no more.</summary>
    public bool WriterCompleted => Volatile.Read(ref _ring.Header->writer.state) == AUDIOMESH_RING_COMPLETED;

    /// <summary>For how long the writer's runtime had stood still when it last said so, in nanoseconds.</summary>
    public long WriterPauseTotalNanoseconds => Volatile.Read(ref _ring.Header->writer.pause_total_ns);

    /// <summary>When the writer last wrote, or tried to; unknown if never.</summary>
    public MeshTime WriterHeartbeat => new(Volatile.Read(ref _ring.Header->writer.heartbeat_ns));

    /// <summary>The writer's process, as of its last write; 0 before.</summary>
    public int WriterProcessId => (int)Volatile.Read(ref _ring.Header->writer.pid);

    /// <summary>Sample frames offered to writes that did not take them.</summary>
    public ulong RefusedFrames => Volatile.Read(ref _ring.Header->writer_statistics.refused_frames);

    /// <summary>How often a read found the writer at a place where no writer can be: its header is not to be trusted. Any thread.</summary>
    public long Faults => Volatile.Read(ref _faults);

    /// <summary>Reads as many whole sample frames as there are and as fit.</summary>
    /// <param name="interleaved">Receives one sample for each channel of every frame; what lies behind them is left alone.</param>
    /// <param name="first">Position and time of the first sample frame read, and the flags of every frame the read touched.</param>
    /// <returns>Sample frames read.</returns>
    public int Read(Span<float> interleaved, out JamAudioFrame first)
    {
        int channels = _ring.Channels;
        int frames = Take(interleaved.Length / channels, out first);
        if (frames == 0)
        {
            return 0;
        }

        int start = (int)_position & (_ring.CapacityFrames - 1);
        int head = Math.Min(frames, _ring.CapacityFrames - start);
        nint headSamples = (nint)head * channels;
        nint tailSamples = (nint)(frames - head) * channels;
        fixed (float* to = interleaved)
        {
            Copy(_ring.Samples + ((nint)start * channels), to, headSamples);
            Copy(_ring.Samples, to + headSamples, tailSamples);
        }

        Publish(frames);
        return frames;
    }

    /// <summary>Reads up to <paramref name="frames"/> sample frames, one buffer for each channel.</summary>
    /// <param name="channels">Buffers to write to.</param>
    /// <param name="channelCount">How many; channels of the ring beyond them are dropped, buffers beyond the ring's are zeroed.</param>
    /// <param name="offset">Where in each buffer to begin, in frames.</param>
    /// <param name="frames">Frames wanted.</param>
    /// <param name="first">Position and time of the first sample frame read, and the flags of every frame the read touched.</param>
    /// <returns>Sample frames read.</returns>
    public int ReadPlanar(float** channels, int channelCount, int offset, int frames, out JamAudioFrame first)
    {
        int taken = Take(frames, out first);
        if (taken == 0)
        {
            return 0;
        }

        int start = (int)_position & (_ring.CapacityFrames - 1);
        int head = Math.Min(taken, _ring.CapacityFrames - start);
        int common = Math.Min(_ring.Channels, channelCount);
        Interleave.ToPlanar(_ring.Samples + ((nint)start * _ring.Channels), _ring.Channels, channels, common, offset, head);
        Interleave.ToPlanar(_ring.Samples, _ring.Channels, channels, common, offset + head, taken - head);
        for (int channel = _ring.Channels; channel < channelCount; channel++)
        {
            new Span<float>(channels[channel] + offset, taken).Clear();
        }

        Publish(taken);
        return taken;
    }

    /// <summary>Drops up to <paramref name="frames"/> sample frames unread.</summary>
    /// <returns>Sample frames dropped.</returns>
    public int Skip(int frames)
    {
        int taken = Take(frames, out _);
        Publish(taken);
        return taken;
    }

    /// <summary>Counts one underrun of <paramref name="frames"/> sample frames that were wanted and not there.</summary>
    public void ReportUnderrun(int frames)
    {
        _underruns++;
        _underrunFrames += (uint)Math.Max(0, frames);
        Volatile.Write(ref _ring.Header->reader_statistics.underrun_frames, _underrunFrames);
        Volatile.Write(ref _ring.Header->reader_statistics.underruns, _underruns);
    }

    /// <summary>Tells the writer that its reader is alive.</summary>
    public void Beat(MeshTime now)
    {
        _ring.Header->reader.pid = _processId;
        Volatile.Write(ref _ring.Header->reader.heartbeat_ns, now.Nanoseconds);
    }

    /// <summary>Tells the writer that nobody reads any more.</summary>
    public void Close() => Volatile.Write(ref _ring.Header->reader.state, AUDIOMESH_RING_COMPLETED);

    internal void Detach(in RingGeometry ended, byte[] pinned)
    {
        _afterDispose = pinned;
        _ring = ended;
    }

    private static void Copy(float* from, float* to, long samples) =>
        Buffer.MemoryCopy(from, to, samples * sizeof(float), samples * sizeof(float));

    /// <summary>Takes up to <paramref name="frames"/> sample frames and the frames they lie in; the samples stay until published.</summary>
    private int Take(int frames, out JamAudioFrame first)
    {
        ulong written = Volatile.Read(ref _ring.Header->writer.write_position);
        int readable = RingGeometry.Distance(written, _position, _ring.CapacityFrames);
        if ((ulong)readable != written - _position)
        {
            Volatile.Write(ref _faults, _faults + 1);
        }

        int taken = Math.Max(0, Math.Min(frames, readable));
        first = new JamAudioFrame(_position, MeshTime.Unknown, FrameFlags.None, 0);
        if (taken == 0)
        {
            return 0;
        }

        // A frame covers one sample frame or more, so a read has no more than this to look at, whatever the writer claims.
        int framesLeft = RingGeometry.Distance(
            Volatile.Read(ref _ring.Header->writer.frame_write), _frameRead, Math.Min(_ring.FrameSlots, taken + 2));
        while (framesLeft > 1 && (long)(_position - Frame(_frameRead + 1)->position) >= 0)
        {
            _frameRead++;
            framesLeft--;
        }

        FrameFlags flags = FrameFlags.None;
        if (framesLeft > 0)
        {
            first = FirstOf(*Frame(_frameRead));
            flags = first.Flags;
        }

        for (; framesLeft > 1; framesLeft--, _frameRead++)
        {
            jam_audio_frame next = *Frame(_frameRead + 1);
            long inside = (long)(_position + (ulong)taken - next.position);
            if (inside < 0)
            {
                break;
            }

            flags |= inside > 0 ? (FrameFlags)(next.flags & JAM_FRAME_ALL_FLAGS) : FrameFlags.None;
        }

        first = first with { Flags = flags };
        return taken;
    }

    private JamAudioFrame FirstOf(in jam_audio_frame frame)
    {
        ulong into = _position - frame.position;
        if (into >= JAM_FRAME_MAX_SAMPLE_FRAMES)
        {
            return new JamAudioFrame(_position, MeshTime.Unknown, FrameFlags.None, 0);
        }

        FrameFlags flags = (FrameFlags)(frame.flags & JAM_FRAME_ALL_FLAGS);
        return new JamAudioFrame(
            _position,
            new MeshTime(_ring.TimeAfter(frame.timestamp_gpu, into)),
            into == 0 ? flags : flags & ~FrameFlags.Discontinuity,
            frame.sequence);
    }

    private jam_audio_frame* Frame(ulong index) => _ring.Frames + (index & (uint)(_ring.FrameSlots - 1));

    private void Publish(int taken)
    {
        audiomesh_ring_header* header = _ring.Header;
        _position += (ulong)taken;
        header->reader.pid = _processId;
        Volatile.Write(ref header->reader.frame_read, _frameRead);
        Volatile.Write(ref header->reader.read_position, _position);
        GC.KeepAlive(_memory);
    }
}
