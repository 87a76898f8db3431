// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace AudioMesh.Testing;

/// <summary>Memory files as another program makes them. Linux.</summary>
public static unsafe partial class MemFd
{
    /// <summary>Against sealing, shrinking, growing and writing.</summary>
    public const int SealSeal = 1, SealShrink = 2, SealGrow = 4, SealWrite = 8, SealFutureWrite = 16;

    private const int AddSeals = 1033, GetSeals = 1034, HugePages = 4, AllowSealing = 2, KeepSizeAndPunchHole = 3;

    /// <summary>A file of so many zeros; skips the test where there are none.</summary>
    public static SafeFileHandle Create(long bytes, bool isSealable = true, bool isHuge = false)
    {
        Assume.That(OperatingSystem.IsLinux(), "memfd_create is Linux's.");
        int fd = memfd_create("test", (isSealable ? AllowSealing : 0u) | (isHuge ? HugePages : 0u));
        Assume.That(fd, Is.GreaterThanOrEqualTo(0), "memfd_create failed");
        SafeFileHandle file = new(fd, ownsHandle: true);
        RandomAccess.SetLength(file, bytes);
        return file;
    }

    /// <summary>Adds seals.</summary>
    public static void Seal(SafeFileHandle file, int seals) => Assert.That(fcntl(file, AddSeals, seals), Is.Zero, "F_ADD_SEALS failed");

    /// <summary>The seals it has.</summary>
    public static int SealsOf(SafeFileHandle file) => fcntl(file, GetSeals, 0);

    /// <summary>Takes the memory away: zeros are in its place when somebody looks.</summary>
    public static void PunchHole(SafeFileHandle file) =>
        Assert.That(fallocate(file, KeepSizeAndPunchHole, 0, RandomAccess.GetLength(file)), Is.Zero, "fallocate failed");

    /// <summary>The same file, for reading alone.</summary>
    public static SafeFileHandle ReadOnly(SafeFileHandle file) => File.OpenHandle($"/proc/self/fd/{file.DangerousGetHandle()}");

    /// <summary>How many descriptors and mappings of memory files this process holds.</summary>
    public static int CountHeld()
    {
        int mapped = File.ReadLines("/proc/self/maps").Count(line => line.Contains("memfd:audiomesh-ring") || line.Contains("memfd:test"));
        return mapped + Directory.GetFiles("/proc/self/fd").Count(IsRing);
    }

    private static bool IsRing(string link)
    {
        try
        {
            string? target = new FileInfo(link).LinkTarget;
            return target is not null && (target.Contains("memfd:audiomesh-ring") || target.Contains("memfd:test"));
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>A mapping of it, as the other program has it.</summary>
    public sealed class Mapping : IDisposable
    {
        private const int ReadWrite = 3, Shared = 1;

        /// <summary>Maps all of <paramref name="file"/>.</summary>
        public Mapping(SafeFileHandle file)
        {
            Bytes = RandomAccess.GetLength(file);
            nint address = mmap(0, (nuint)Bytes, ReadWrite, Shared, file, 0);
            Assert.That(address, Is.Not.EqualTo((nint)(-1)), "mmap failed");
            Address = (byte*)address;
        }

        /// <summary>Its first byte.</summary>
        public byte* Address { get; }

        /// <summary>Its length.</summary>
        public long Bytes { get; }

        /// <inheritdoc/>
        public void Dispose() => munmap((nint)Address, (nuint)Bytes);
    }

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int memfd_create(string name, uint flags);

    [LibraryImport("libc")]
    private static partial int fcntl(SafeHandle file, int command, int argument);

    [LibraryImport("libc")]
    private static partial int fallocate(SafeHandle file, int mode, long offset, long bytes);

    [LibraryImport("libc")]
    private static partial nint mmap(nint address, nuint bytes, int protection, int flags, SafeHandle file, nint offset);

    [LibraryImport("libc")]
    private static partial int munmap(nint address, nuint bytes);
}
