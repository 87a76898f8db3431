// SPDX-License-Identifier: MIT
using AudioMesh.Interop;

namespace AudioMesh.Realtime;

/// <summary>How long a processor has worked for the calling thread. A system call: only for threads that are late already.</summary>
internal static unsafe class ThreadWork
{
    /// <summary>Nanoseconds so far. The first call in a process binds the C library's function: make it before the device runs.</summary>
    [RealtimeSafe]
    public static long Nanoseconds
    {
        get
        {
            LibC.TimeSpec time = default;
            _ = LibC.clock_gettime(LibC.CLOCK_THREAD_CPUTIME_ID, &time);
            return (time.Seconds * 1_000_000_000) + time.Nanoseconds;
        }
    }
}
