// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace AudioMesh.Testing;

/// <summary>Zeroed memory that ends where an unreachable page begins: one byte too far ends the process.</summary>
public sealed unsafe partial class GuardedMemory : IDisposable
{
    private const int ProtectionNone = 0, ProtectionReadWrite = 3, MapPrivate = 2;
    private static readonly int MapAnonymous = OperatingSystem.IsMacOS() ? 0x1000 : 0x20;
    private readonly nint _mapping;
    private readonly nuint _mappedBytes;

    /// <summary>Makes <paramref name="bytes"/> of it; on a 64-byte boundary when they are a multiple of 64.</summary>
    public GuardedMemory(long bytes)
    {
        long page = Environment.SystemPageSize;
        long usable = (bytes + page - 1) / page * page;
        _mappedBytes = (nuint)(usable + page);
        _mapping = mmap(0, _mappedBytes, ProtectionReadWrite, MapPrivate | MapAnonymous, -1, 0);
        Assert.That(_mapping, Is.Not.EqualTo((nint)(-1)), "mmap failed");
        Assert.That(mprotect(_mapping + (nint)usable, (nuint)page, ProtectionNone), Is.Zero, "mprotect failed");
        Address = (byte*)(_mapping + (nint)(usable - bytes));
        Bytes = bytes;
    }

    /// <summary>Its first byte.</summary>
    public byte* Address { get; }

    /// <summary>Its length.</summary>
    public long Bytes { get; }

    /// <inheritdoc/>
    public void Dispose() => munmap(_mapping, _mappedBytes);

    [LibraryImport("libc")]
    private static partial nint mmap(nint address, nuint bytes, int protection, int flags, int file, nint offset);

    [LibraryImport("libc")]
    private static partial int mprotect(nint address, nuint bytes, int protection);

    [LibraryImport("libc")]
    private static partial int munmap(nint address, nuint bytes);
}
