// SPDX-License-Identifier: MIT
using System.Diagnostics;

namespace AudioMesh.Control.Server;

/// <summary>A token bucket (Tanenbaum, Computer Networks): it fills at a rate up to a second's worth, and what is taken from it may leave it in debt. One thread.</summary>
internal sealed class TokenBucket
{
    private double _tokens = double.MaxValue;
    private long _filledAt = Stopwatch.GetTimestamp();

    /// <summary>Takes <paramref name="count"/> where there is anything; a rate of 0 knows no limit.</summary>
    public bool TryTake(int count, int perSecond)
    {
        if (perSecond == 0)
        {
            return true;
        }

        long now = Stopwatch.GetTimestamp();
        _tokens = Math.Min(perSecond, _tokens + (perSecond * Stopwatch.GetElapsedTime(_filledAt, now).TotalSeconds));
        _filledAt = now;
        if (_tokens < 1)
        {
            return false;
        }

        _tokens -= count;
        return true;
    }
}
