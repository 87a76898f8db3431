// SPDX-License-Identifier: MIT
using System.Runtime.ExceptionServices;

namespace AudioMesh.Testing;

/// <summary>Runs a test's threads against each other.</summary>
public static class Race
{
    private static readonly TimeSpan JoinLimit = TimeSpan.FromMinutes(2);

    /// <summary>
    /// Runs every action on a thread of its own and waits for all. The first exception comes out, and cancels the token that the
    /// others are to look at, so that nobody waits for who has failed.
    /// </summary>
    public static void Run(params Action<CancellationToken>[] actions)
    {
        // Not disposed: a thread that outlives the test still looks at it.
        CancellationTokenSource failed = new();
        ExceptionDispatchInfo? first = null;
        Thread[] threads = [.. actions.Select(action => new Thread(() =>
        {
            try
            {
                action(failed.Token);
            }
            catch (Exception error)
            {
                Interlocked.CompareExchange(ref first, ExceptionDispatchInfo.Capture(error), null);
                failed.Cancel();
            }
        }) { IsBackground = true })];
        Array.ForEach(threads, thread => thread.Start());
        bool ended = threads.All(thread => thread.Join(JoinLimit));
        failed.Cancel();
        first?.Throw();
        Assert.That(ended, Is.True, $"a thread had not ended after {JoinLimit}");
    }
}
