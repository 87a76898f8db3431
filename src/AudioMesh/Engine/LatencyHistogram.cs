// SPDX-License-Identifier: MIT
using System.Numerics;
using AudioMesh.Realtime;

namespace AudioMesh.Engine;

/// <summary>
/// Counts durations in log-linear buckets, 32 to the octave (error below 3.2 %). One thread adds, any thread reads.
/// </summary>
public sealed class LatencyHistogram
{
    private const int SubBits = 5;
    private const int SubCount = 1 << SubBits;

    private readonly long[] _counts = new long[(64 - SubBits) * SubCount];
    private long _max;

    /// <summary>The longest duration added, in nanoseconds.</summary>
    public long MaxNanoseconds => Volatile.Read(ref _max);

    /// <summary>Adds one duration; negative ones count as zero.</summary>
    [RealtimeSafe]
    public void Add(long nanoseconds)
    {
        ulong value = (ulong)Math.Max(nanoseconds, 0);
        int index = IndexOf(value);
        Volatile.Write(ref _counts[index], _counts[index] + 1);
        if (nanoseconds > _max)
        {
            Volatile.Write(ref _max, nanoseconds);
        }
    }

    /// <summary>The duration that <paramref name="share"/> (0..1) of all do not exceed, in nanoseconds; 0 when there are none.</summary>
    public long Quantile(double share)
    {
        long total = 0;
        foreach (ref long count in _counts.AsSpan())
        {
            total += Volatile.Read(ref count);
        }

        long wanted = (long)Math.Ceiling(total * share);
        long seen = 0;
        for (int i = 0; i < _counts.Length && total > 0; i++)
        {
            seen += Volatile.Read(ref _counts[i]);
            if (seen >= wanted)
            {
                return Math.Min(UpperBound(i), MaxNanoseconds);
            }
        }

        return MaxNanoseconds;
    }

    [RealtimeSafe]
    private static int IndexOf(ulong value)
    {
        if (value < SubCount)
        {
            return (int)value;
        }

        int shift = BitOperations.Log2(value) - SubBits;
        return ((shift + 1) << SubBits) + (int)((value >> shift) - SubCount);
    }

    private static long UpperBound(int index)
    {
        if (index < SubCount)
        {
            return index;
        }

        int shift = (index >> SubBits) - 1;
        long lower = (long)(SubCount + (index & (SubCount - 1))) << shift;
        return lower + (1L << shift) - 1;
    }
}
