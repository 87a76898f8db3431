// SPDX-License-Identifier: MIT
using AudioMesh.Interop;
using Microsoft.Win32.SafeHandles;

namespace AudioMesh.Realtime;

/// <summary>
/// Rings behind a descriptor: memory files of memfd_create(2), sealed so that whoever else holds them cannot cut them off under a mapping, which would end
/// this process with a bus error. Linux.
/// </summary>
internal static unsafe class RingDescriptor
{
    /// <summary>A ring may take twice what it needs and this, for other places of its parts. More is refused: it would be this process's memory, too.</summary>
    private const long SpareBytes = 1 << 16;

    /// <summary>A new memory file of <paramref name="bytes"/> zeros that keeps its size.</summary>
    public static SafeFileHandle Create(long bytes)
    {
        RequireLinux();
        int fd = LibC.memfd_create("audiomesh-ring", LibC.MFD_CLOEXEC | LibC.MFD_ALLOW_SEALING);
        if (fd < 0)
        {
            throw new AudioMeshException(AudioErrorKind.LimitExceeded, $"No memory file can be had: {LibC.ErrorText(LibC.LastError)}.");
        }

        SafeFileHandle file = new(fd, ownsHandle: true);
        try
        {
            RandomAccess.SetLength(file, bytes);
            AddSeals(file, LibC.F_SEAL_SHRINK | LibC.F_SEAL_GROW | LibC.F_SEAL_SEAL);
            return file;
        }
        catch (Exception error) when (error is IOException or AudioMeshException)
        {
            file.Dispose();
            throw new AudioMeshException(AudioErrorKind.LimitExceeded, $"A memory file of {bytes} bytes cannot be had: {error.Message}", error);
        }
    }

    /// <summary>
    /// Seals somebody else's descriptor against shrinking and returns its size, which only grows from then on. Throws InvalidArgument: it is no memory file,
    /// cannot be sealed, is sealed against writing, or its size fits no ring of <paramref name="bytesNeeded"/>.
    /// </summary>
    public static long Take(SafeFileHandle file, long bytesNeeded)
    {
        RequireLinux();
        int seals = LibC.fcntl(file, LibC.F_GET_SEALS, 0);
        LibC.StatFs system = default;
        if (seals < 0 || LibC.fstatfs(file, &system) != 0 || system.Type != LibC.TMPFS_MAGIC)
        {
            throw Refused("is no memory file of memfd_create with pages of the common size", "a memfd");
        }

        if ((seals & (LibC.F_SEAL_WRITE | LibC.F_SEAL_FUTURE_WRITE)) != 0)
        {
            throw Refused("is sealed against writing, and both ends of a ring write to it", "a memfd without F_SEAL_WRITE");
        }

        if ((seals & LibC.F_SEAL_SHRINK) == 0)
        {
            AddSeals(file, LibC.F_SEAL_SHRINK);
        }

        long bytes = RandomAccess.GetLength(file);
        return bytes >= bytesNeeded && bytes <= (2 * bytesNeeded) + SpareBytes
            ? bytes
            : throw Refused($"has {bytes} bytes", $"a memfd of {bytesNeeded}..{(2 * bytesNeeded) + SpareBytes} bytes");
    }

    /// <summary>Maps the first <paramref name="bytes"/>, pages and all, so that a device thread finds them there.</summary>
    public static void* Map(SafeFileHandle file, long bytes)
    {
        int protection = LibC.PROT_READ | LibC.PROT_WRITE;
        void* address = LibC.mmap(null, (nuint)bytes, protection, LibC.MAP_SHARED | LibC.MAP_POPULATE, (int)file.DangerousGetHandle(), 0);
        GC.KeepAlive(file);
        if (address == LibC.MAP_FAILED)
        {
            throw Refused($"cannot be mapped: {LibC.ErrorText(LibC.LastError)}", "a memfd open for reading and writing");
        }

        // Not lockable is no failure.
        LibC.mlock(address, (nuint)bytes);
        return address;
    }

    /// <summary>Gives the pages of a file of ours back, however many descriptors of it others keep.</summary>
    public static void Empty(SafeFileHandle file, long bytes) =>
        LibC.fallocate(file, LibC.FALLOC_FL_PUNCH_HOLE | LibC.FALLOC_FL_KEEP_SIZE, 0, bytes);

    /// <summary>Another descriptor of the same file.</summary>
    public static SafeFileHandle Duplicate(SafeFileHandle file)
    {
        int fd = LibC.fcntl(file, LibC.F_DUPFD_CLOEXEC, 0);
        return fd >= 0
            ? new SafeFileHandle(fd, ownsHandle: true)
            : throw new AudioMeshException(AudioErrorKind.LimitExceeded, $"No more descriptors: {LibC.ErrorText(LibC.LastError)}.");
    }

    private static void AddSeals(SafeFileHandle file, int seals)
    {
        if (LibC.fcntl(file, LibC.F_ADD_SEALS, seals) != 0)
        {
            throw Refused("cannot be sealed against shrinking", "a memfd made with MFD_ALLOW_SEALING, or sealed with F_SEAL_SHRINK, open for writing");
        }
    }

    private static void RequireLinux()
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new AudioMeshException(AudioErrorKind.FormatUnsupported, "Rings behind descriptors are for Linux; elsewhere a ring lies in a file.");
        }
    }

    private static AudioMeshException Refused(string why, string allowed) =>
        new(AudioErrorKind.InvalidArgument, $"The descriptor {why}.") { Field = "memfd", Allowed = allowed };
}
