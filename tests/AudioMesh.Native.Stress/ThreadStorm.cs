// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace AudioMesh.Native.Stress;

/// <summary>
/// Many threads that begin, call malloc and end while collections stop them all the time. A library with a runtime of its own that
/// has taken the signal by which this runtime stops its threads meets each of them for the first time, often inside malloc; its
/// handler then calls malloc itself, for its thread-local memory.
/// </summary>
internal sealed partial class ThreadStorm : IDisposable
{
    private const int Threads = 8;
    private const int CallsPerThread = 20_000;
    private readonly Thread[] _threads;
    private volatile bool _isOver;

    public ThreadStorm()
    {
        _threads = [.. Enumerable.Range(0, Threads).Select(seed => new Thread(Recruit) { IsBackground = true })];
        Array.ForEach(_threads, thread => thread.Start());
    }

    /// <summary>Collects without end for <paramref name="duration"/>.</summary>
    public static void Collect(TimeSpan duration)
    {
        long end = Environment.TickCount64 + (long)duration.TotalMilliseconds;
        while (Environment.TickCount64 < end)
        {
            GC.Collect(0, GCCollectionMode.Forced, blocking: true);
        }
    }

    public void Dispose()
    {
        _isOver = true;
        Array.ForEach(_threads, thread => thread.Join());
    }

    private void Recruit()
    {
        while (!_isOver)
        {
            Thread recruit = new(CallMalloc);
            recruit.Start();
            recruit.Join();
        }
    }

    private static void CallMalloc()
    {
        for (int i = 0; i < CallsPerThread; i++)
        {
            free(malloc((nuint)(2000 + (i % 100_000))));
        }
    }

    // Without the transition, as the runtime's own helpers call it: the collector stops the thread by its signal while it is in there.
    [LibraryImport("libc")]
    [SuppressGCTransition]
    private static partial nint malloc(nuint bytes);

    [LibraryImport("libc")]
    [SuppressGCTransition]
    private static partial void free(nint memory);
}
