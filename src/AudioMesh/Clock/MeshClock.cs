// SPDX-License-Identifier: MIT
using System.Diagnostics;
using AudioMesh.Realtime;

namespace AudioMesh.Clock;

/// <summary>Reads mesh time on a machine that is its own reference: CLOCK_MONOTONIC on Linux, mach time on macOS.</summary>
public static class MeshClock
{
    private static readonly double NanosecondsPerTick = 1e9 / Stopwatch.Frequency;

    /// <summary>Now. Reads a page the kernel maps into every process; not a system call.</summary>
    [RealtimeSafe]
    public static MeshTime Now => Stopwatch.Frequency == 1_000_000_000
        ? new MeshTime(Stopwatch.GetTimestamp())
        : new MeshTime((long)(Stopwatch.GetTimestamp() * NanosecondsPerTick));
}
