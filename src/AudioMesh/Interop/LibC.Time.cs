// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace AudioMesh.Interop;

internal static unsafe partial class LibC
{
    public const int CLOCK_MONOTONIC = 1;
    public const int TIMER_ABSTIME = 1;

    public static int CLOCK_THREAD_CPUTIME_ID => OperatingSystem.IsMacOS() ? 16 : 3;

    /// <summary>Reads a clock; answers 0 or -1.</summary>
    [LibraryImport(Library)]
    [SuppressGCTransition]
    public static partial int clock_gettime(int clock, TimeSpec* time);

    /// <summary>Waits, with TIMER_ABSTIME until an instant; answers 0 or the error itself. Linux only.</summary>
    [LibraryImport(Library)]
    public static partial int clock_nanosleep(int clock, int flags, TimeSpec* request, TimeSpec* remaining);

    /// <summary>Waits for a while; answers 0, or -1 after a signal.</summary>
    [LibraryImport(Library)]
    public static partial int nanosleep(TimeSpec* request, TimeSpec* remaining);

    /// <summary><c>struct timespec</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct TimeSpec
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
