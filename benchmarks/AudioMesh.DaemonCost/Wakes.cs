// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace AudioMesh.DaemonCost;

/// <summary>What it takes a process to do nothing but wake as often as a device does: the floor of what a daemon can take.</summary>
internal static partial class Wakes
{
    /// <summary>The word by which this program is told to be such a process.</summary>
    public const string Word = "--wake";

    /// <summary>Waits by nanosleep(2) for so many nanoseconds at a time, for ever.</summary>
    public static unsafe void Run(long ns)
    {
        TimeSpec time = new() { Nanoseconds = (nint)ns };
        while (true)
        {
            _ = nanosleep(&time, null);
        }
    }

    /// <summary>What it takes to wake so often.</summary>
    public static Idling Idle(int hz, double seconds)
    {
        using Process process = Process.Start(Path.Combine(AppContext.BaseDirectory, "AudioMesh.DaemonCost"), [Word, $"{1_000_000_000 / hz}"]);
        Thread.Sleep(1000);
        Idling idle = Idling.Of(process.Id, seconds);
        process.Kill();
        process.WaitForExit();
        return idle;
    }

    [LibraryImport("libc")]
    private static unsafe partial int nanosleep(TimeSpec* wait, TimeSpec* left);

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public nint Seconds;
        public nint Nanoseconds;
    }
}
