// SPDX-License-Identifier: MIT
using System.Diagnostics;

namespace AudioMesh.Backends.Tests;

/// <summary>How long tests wait. Nothing they wait for takes so long; a busy machine may.</summary>
internal static class Patience
{
    /// <summary>For something that happens.</summary>
    public const int Ms = 30_000;

    /// <summary>For a call that is given up, where without that it would never come back.</summary>
    public const int GivenUpMs = 20_000;

    /// <summary>The shortest of a few tries, in milliseconds: what a machine that stalls at times cannot make longer.</summary>
    public static long ShortestMs(int tries, Func<long> attempt)
    {
        long shortest = long.MaxValue;
        for (int i = 0; i < tries; i++)
        {
            shortest = Math.Min(shortest, attempt());
        }

        return shortest;
    }

    /// <summary>Milliseconds that <paramref name="call"/> takes.</summary>
    public static long MsOf(Action call)
    {
        long start = Stopwatch.GetTimestamp();
        call();
        return (long)Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}
