// SPDX-License-Identifier: MIT
using AudioMesh.Interop;

namespace AudioMesh.Realtime;

/// <summary>
/// Memory that device threads touch: whole pages of its own, zeroed, and locked as far as RLIMIT_MEMLOCK lets it, so that a device thread
/// never waits for a disk. Control threads only.
/// </summary>
internal static unsafe class RealtimeMemory
{
    /// <summary>Aligned to a page. Throws LimitExceeded where memory is out.</summary>
    public static void* Allocate(nuint bytes)
    {
        void* address = LibC.mmap(null, bytes, LibC.PROT_READ | LibC.PROT_WRITE, LibC.MAP_PRIVATE | LibC.MAP_ANONYMOUS, -1, 0);
        if (address == LibC.MAP_FAILED)
        {
            throw new AudioMeshException(AudioErrorKind.LimitExceeded, $"{bytes} bytes cannot be had: {LibC.ErrorText(LibC.LastError)}.");
        }

        if (LibC.mlock(address, bytes) != 0)
        {
            // Not lockable is no failure; but it has to be there before the device thread comes.
            for (nuint offset = 0; offset < bytes; offset += (nuint)Environment.SystemPageSize)
            {
                Volatile.Write(ref ((byte*)address)[offset], 0);
            }
        }

        return address;
    }

    /// <summary>Gives back what <see cref="Allocate"/> gave; null is nothing.</summary>
    public static void Free(void* address, nuint bytes)
    {
        if (address is not null)
        {
            LibC.munmap(address, bytes);
        }
    }
}
