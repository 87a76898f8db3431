// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace AudioMesh.Kernels;

/// <summary>The time that this thread ran, which a busy machine does not lengthen; on other systems than Linux the time that went by.</summary>
internal static partial class ThreadClock
{
    private const int Linux = 3;

    public static double Nanoseconds => OperatingSystem.IsLinux() && clock_gettime(Linux, out Time time) == 0
        ? (time.Seconds * 1e9) + time.Nanoseconds
        : Stopwatch.GetTimestamp() * 1e9 / Stopwatch.Frequency;

    [LibraryImport("libc")]
    private static partial int clock_gettime(int clock, out Time time);

    private readonly struct Time
    {
        public readonly long Seconds;
        public readonly long Nanoseconds;
    }
}
