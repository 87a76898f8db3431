// SPDX-License-Identifier: MIT
namespace AudioMesh.Testing;

/// <summary>Holds realtime code to allocating nothing on the thread that runs it.</summary>
public static class AllocationGate
{
    /// <summary>
    /// Fails when <paramref name="action"/> allocates on this thread once warm: it runs <paramref name="warmup"/> times for
    /// static constructors and the like, then <paramref name="iterations"/> times counted.
    /// </summary>
    public static void AssertNone(Action action, int warmup = 100, int iterations = 1000)
    {
        for (int i = 0; i < warmup; i++)
        {
            action();
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < iterations; i++)
        {
            action();
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.That(allocated, Is.Zero, $"bytes allocated in {iterations} iterations");
    }
}
