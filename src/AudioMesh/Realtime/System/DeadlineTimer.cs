// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Interop;

namespace AudioMesh.Realtime;

/// <summary>Waits for an instant rather than for a while, so that waits do not add up their errors. Any thread, at any priority.</summary>
public static unsafe class DeadlineTimer
{
    private const long Second = 1_000_000_000;

    /// <summary>Returns at <paramref name="deadline"/> or later, at once when that is past. A device thread's one wait.</summary>
    public static void WaitUntil(MeshTime deadline)
    {
        while (deadline > MeshClock.Now)
        {
            if (OperatingSystem.IsLinux())
            {
                LibC.TimeSpec until = ToTimeSpec(deadline.Nanoseconds);
                _ = LibC.clock_nanosleep(LibC.CLOCK_MONOTONIC, LibC.TIMER_ABSTIME, &until, null);
            }
            else
            {
                LibC.TimeSpec rest = ToTimeSpec(Math.Max(0, deadline - MeshClock.Now));
                _ = LibC.nanosleep(&rest, null);
            }
        }
    }

    private static LibC.TimeSpec ToTimeSpec(long nanoseconds) =>
        new() { Seconds = nanoseconds / Second, Nanoseconds = nanoseconds % Second };
}
