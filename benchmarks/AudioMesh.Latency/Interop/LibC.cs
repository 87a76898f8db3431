// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace AudioMesh.Latency.Interop;

/// <summary>What this program asks of the system itself.</summary>
internal static unsafe partial class LibC
{
    public const int CLOCK_MONOTONIC = 1;
    public const int TIMER_ABSTIME = 1;
    public const int EINTR = 4;
    public const int SIGTERM = 15;

    [LibraryImport("libc")]
    public static partial int sched_setaffinity(int pid, nuint maskBytes, void* mask);

    [LibraryImport("libc")]
    public static partial int clock_nanosleep(int clock, int flags, TimeSpec* request, TimeSpec* remaining);

    [LibraryImport("libc")]
    public static partial int kill(int pid, int signal);

    [StructLayout(LayoutKind.Sequential)]
    public struct TimeSpec
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
