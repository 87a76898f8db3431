// SPDX-License-Identifier: MIT
namespace AudioMesh.Fills;

/// <summary>Durations, kept without allocating.</summary>
internal sealed class Times(int capacity)
{
    private readonly long[] _nanoseconds = new long[capacity];
    private int _count;

    /// <summary>In microseconds.</summary>
    public double Median => At(0.5);

    /// <summary>Keeps one; what is over the capacity is left out.</summary>
    public void Add(long nanoseconds)
    {
        if (_count < _nanoseconds.Length)
        {
            _nanoseconds[_count++] = nanoseconds;
        }
    }

    /// <summary>Microseconds that the share <paramref name="quantile"/> of them do not exceed.</summary>
    public double At(double quantile)
    {
        Array.Sort(_nanoseconds, 0, _count);
        return _count == 0 ? 0 : _nanoseconds[Math.Min(_count - 1, (int)(quantile * _count))] / 1000.0;
    }
}
