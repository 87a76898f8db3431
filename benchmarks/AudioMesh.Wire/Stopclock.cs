// SPDX-License-Identifier: MIT
using System.Diagnostics;

namespace AudioMesh.Wire;

/// <summary>Times what takes less than a clock resolves: a hundred at once, many times.</summary>
internal static class Stopclock
{
    private const int AtOnce = 100;

    /// <summary>Nanoseconds of one call, of each round, in order of size; and what the calls allocated.</summary>
    public static (double[] Nanoseconds, long AllocatedBytes) Time(int rounds, Action action)
    {
        double[] times = new double[rounds];
        for (int i = 0; i < AtOnce; i++)
        {
            action();
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int round = 0; round < rounds; round++)
        {
            long start = Stopwatch.GetTimestamp();
            for (int i = 0; i < AtOnce; i++)
            {
                action();
            }

            times[round] = Stopwatch.GetElapsedTime(start).TotalNanoseconds / AtOnce;
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Array.Sort(times);
        return (times, allocated);
    }

    public static double At(this double[] sorted, double quantile) => sorted[(int)(quantile * (sorted.Length - 1))];
}
