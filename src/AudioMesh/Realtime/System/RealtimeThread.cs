// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;

namespace AudioMesh.Realtime;

/// <summary>
/// A thread of our own that runs at realtime priority: named, its stack already in memory, denormals flushed, and its
/// grant on record. What it runs must not throw.
/// </summary>
public sealed class RealtimeThread
{
    private const int StackBytes = 1024 * 1024;
    private const int TouchedBytes = 256 * 1024;

    private readonly Thread _thread;
    private readonly TaskCompletionSource<RealtimeGrant> _grant = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Action _body;
    private readonly int _priority;
    private readonly long _periodNs;

    private RealtimeThread(string name, int priority, long periodNs, Action body)
    {
        _body = body;
        _priority = priority;
        _periodNs = periodNs;
        _thread = new Thread(Run, StackBytes) { Name = name, IsBackground = true };
    }

    /// <summary>What the thread got. Without a grant it runs all the same, at normal priority.</summary>
    public RealtimeGrant Grant => _grant.Task.GetAwaiter().GetResult();

    /// <summary>
    /// Starts a thread that asks for <paramref name="priority"/> (1 to 99; for macOS, <paramref name="periodNs"/>) and then runs <paramref name="body"/>
    /// once. Returns when the priority is settled: at once, or within 2 s where rtkit hangs. Linux shows the first 15 bytes of <paramref name="name"/>.
    /// Throws InvalidArgument as <see cref="RealtimePriority.Raise"/> does.
    /// </summary>
    public static RealtimeThread Start(string name, int priority, long periodNs, Action body)
    {
        RealtimePriority.Check(priority, periodNs);
        RealtimeCode.Prepare(body.Target?.GetType() ?? typeof(RealtimeThread));
        RealtimeThread thread = new(name, priority, periodNs, body);
        thread._thread.Start();
        _ = thread.Grant;
        return thread;
    }

    /// <summary>Waits for the body to end; false when it has not after <paramref name="timeoutMs"/>.</summary>
    public bool Join(int timeoutMs) => _thread.Join(timeoutMs);

    private void Run()
    {
        TouchStack();
        RealtimeGrant grant = RealtimePriority.Raise(_priority, _periodNs);
        using Denormals.Scope denormals = Denormals.Flush();
        _grant.SetResult(grant);
        _body();
    }

    /// <summary>Page faults wait for the kernel: have them now.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static unsafe void TouchStack()
    {
        byte* bytes = stackalloc byte[TouchedBytes];
        for (int offset = 0; offset < TouchedBytes; offset += 4096)
        {
            Volatile.Write(ref bytes[offset], 0);
        }
    }
}
