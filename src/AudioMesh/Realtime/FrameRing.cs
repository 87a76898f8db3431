// SPDX-License-Identifier: MIT
using AudioMesh.Interop;
using Microsoft.Win32.SafeHandles;

namespace AudioMesh.Realtime;

/// <summary>
/// The one ring: lock-free audio frames from one writer to one reader, across threads, processes or to a GPU. The layout is
/// <c>native/include/audiomesh_ring.h</c>, wherever the memory comes from. Making, attaching and disposing are for control
/// threads; stop both ends before disposing.
/// </summary>
public sealed unsafe class FrameRing : IDisposable
{
    private readonly RingMemory _memory;
    private readonly RingGeometry _geometry;

    private FrameRing(RingMemory memory)
    {
        _memory = memory;
        _geometry = RingGeometry.Attach((void*)memory.DangerousGetHandle(), memory.Bytes);
        Writer = new FrameRingWriter(_geometry, memory);
        Reader = new FrameRingReader(_geometry, memory);
    }

    /// <summary>The end that writes, for one thread at a time of one process.</summary>
    public FrameRingWriter Writer { get; }

    /// <summary>The end that reads, for one thread at a time of one process.</summary>
    public FrameRingReader Reader { get; }

    /// <summary>Room for sample frames, a power of two.</summary>
    [RealtimeSafe]
    public int CapacityFrames => _geometry.CapacityFrames;

    /// <summary>Interleaved channels.</summary>
    [RealtimeSafe]
    public int Channels => _geometry.Channels;

    /// <summary>Sample frames per second.</summary>
    [RealtimeSafe]
    public int Rate => _geometry.Rate;

    /// <summary>Below this fill the writer is late.</summary>
    [RealtimeSafe]
    public int LowWatermarkFrames => _geometry.LowWatermarkFrames;

    /// <summary>The writer fills no further.</summary>
    [RealtimeSafe]
    public int HighWatermarkFrames => _geometry.HighWatermarkFrames;

    /// <summary>How often this memory had been formatted when it was attached.</summary>
    public ulong Generation => _geometry.Generation;

    /// <summary>False once somebody formats the memory again under this ring: attach anew.</summary>
    [RealtimeSafe]
    public bool IsCurrent => !_memory.IsClosed && Volatile.Read(ref _geometry.Header->layout.generation) == _geometry.Generation;

    /// <summary>The memory, to hand to the other end: <see cref="Bytes"/> long, on a 64-byte boundary, valid until disposed.</summary>
    public void* Memory => _geometry.Header;

    /// <summary>Bytes of the ring.</summary>
    public long Bytes => _geometry.Bytes;

    /// <summary>The file <see cref="CreateShared"/> laid it in, for <see cref="AttachShared"/> in another process; null for any other ring.</summary>
    public string? SharedPath => _memory.PathToRemove;

    /// <summary>Whether <see cref="CreateMemFd"/> made it.</summary>
    public bool HasDescriptor => _memory.Descriptor is not null;

    /// <summary>The bytes a ring of this shape takes.</summary>
    /// <exception cref="AudioMeshException">InvalidArgument: a value of <paramref name="options"/> is out of range.</exception>
    public static long BytesNeeded(FrameRingOptions options) => RingGeometry.BytesNeeded(options);

    /// <summary>Makes an empty ring on memory of its own.</summary>
    /// <exception cref="AudioMeshException">InvalidArgument: a value of <paramref name="options"/> is out of range.</exception>
    public static FrameRing Create(FrameRingOptions options) => Open(RingMemory.Allocate(BytesNeeded(options)), options);

    /// <summary>Formats the caller's memory, which must outlive the ring, as an empty ring.</summary>
    /// <param name="options">The shape.</param>
    /// <param name="memory">Readable and writable, on a 64-byte boundary.</param>
    /// <param name="bytes">Its length, <see cref="BytesNeeded"/> or more.</param>
    /// <exception cref="AudioMeshException">InvalidArgument: an option is out of range, or the memory is too small or unaligned.</exception>
    public static FrameRing Create(FrameRingOptions options, void* memory, long bytes) => Open(RingMemory.Borrow(memory, bytes), options);

    /// <summary>Joins a ring that lies in memory which must outlive it, and trusts nothing that is written there.</summary>
    /// <exception cref="AudioMeshException">Protocol: no ring, or none that fits; InvalidArgument: the memory is not aligned.</exception>
    public static FrameRing Attach(void* memory, long bytes) => Open(RingMemory.Borrow(memory, bytes), null);

    /// <summary>
    /// Makes an empty ring in a new file that only this user may open, best on <c>/dev/shm</c> or <c>$XDG_RUNTIME_DIR</c>.
    /// Disposing removes the file; who has attached keeps the memory.
    /// </summary>
    /// <exception cref="AudioMeshException">InvalidArgument: an option is out of range; DeviceBusy: the file exists;
    /// NotFound: its folder does not; PermissionDenied; DiskFull; FileUnreadable.</exception>
    public static FrameRing CreateShared(string path, FrameRingOptions options) =>
        Open(RingMemory.CreateFile(path, BytesNeeded(options)), options);

    /// <summary>Joins the ring in a file; <c>/proc/self/fd/N</c> joins the one in a <c>memfd</c>.</summary>
    /// <exception cref="AudioMeshException">NotFound: no such file; PermissionDenied; FileUnreadable; Protocol: no ring in it.</exception>
    public static FrameRing AttachShared(string path) => Open(RingMemory.OpenFile(path), null);

    /// <summary>
    /// Makes an empty ring in a memory file that keeps its size, to hand to another process by <see cref="ShareDescriptor"/>. Linux.
    /// </summary>
    /// <exception cref="AudioMeshException">InvalidArgument: an option is out of range; LimitExceeded: no memory or descriptor is left;
    /// FormatUnsupported: not on this system.</exception>
    public static FrameRing CreateMemFd(FrameRingOptions options) => Open(RingMemory.CreateMemFd(BytesNeeded(options)), options);

    /// <summary>
    /// Joins the ring of another process behind a memfd, or makes one there when its first 384 bytes are zero, and trusts nothing that is written there. The file is
    /// sealed against shrinking, so that no access can fail later. <paramref name="descriptor"/> may be closed afterwards. Linux.
    /// </summary>
    /// <exception cref="AudioMeshException">InvalidArgument: the descriptor is no memfd, cannot be sealed, is sealed against writing, or too small or
    /// large; or the ring in it has another capacity, rate or number of channels than <paramref name="options"/>. Protocol: what is in it is no ring.
    /// FormatUnsupported: not on this system.</exception>
    public static FrameRing OpenMemFd(SafeFileHandle descriptor, FrameRingOptions options)
    {
        RingMemory memory = RingMemory.FromDescriptor(descriptor, BytesNeeded(options));
        FrameRing ring = Open(memory, RingGeometry.IsBlank((void*)memory.DangerousGetHandle()) ? options : null);
        if (ring.CapacityFrames == options.CapacityFrames && ring.Channels == options.Channels && ring.Rate == options.Rate)
        {
            return ring;
        }

        string found = $"{ring.CapacityFrames} frames of {ring.Channels} channels at {ring.Rate} Hz";
        ring.Dispose();
        throw new AudioMeshException(AudioErrorKind.InvalidArgument, $"The ring behind the descriptor has {found}.")
        {
            Field = "memfd",
            Allowed = $"{options.CapacityFrames} frames of {options.Channels} channels at {options.Rate} Hz",
        };
    }

    /// <summary>
    /// A descriptor of the ring's memory file, for another process, which the caller closes. Throws InvalidState when <see cref="CreateMemFd"/> did not
    /// make the ring, LimitExceeded when there are no more descriptors.
    /// </summary>
    public SafeFileHandle ShareDescriptor() => RingDescriptor.Duplicate(
        _memory.Descriptor ?? throw new AudioMeshException(AudioErrorKind.InvalidState, "This ring has no descriptor."));

    /// <summary>Gives the memory back. Both ends must have stopped; afterwards they answer 0 frames.</summary>
    public void Dispose()
    {
        byte[] remains = GC.AllocateArray<byte>(AudioMeshRing.AUDIOMESH_RING_HEADER_BYTES, pinned: true);
        RingGeometry ended = RingGeometry.Ended(remains);
        Writer.Detach(ended, remains);
        Reader.Detach(ended, remains);
        _memory.Dispose();
    }

    private static FrameRing Open(RingMemory memory, FrameRingOptions? format)
    {
        try
        {
            if (format is not null)
            {
                RingGeometry.Format(format, (void*)memory.DangerousGetHandle(), memory.Bytes);
            }

            return new FrameRing(memory);
        }
        catch
        {
            memory.Dispose();
            throw;
        }
    }
}
