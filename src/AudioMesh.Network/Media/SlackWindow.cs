// SPDX-License-Identifier: MIT
using AudioMesh.Realtime;

namespace AudioMesh.Network.Media;

/// <summary>How many frames lay ready beyond what was asked for, at the least, over a device's last calls: ten milliseconds of them, and four at least. Device thread.</summary>
[RealtimeSafe]
internal sealed class SlackWindow
{
    private const double WindowSeconds = 0.01;
    private const int LeastCalls = 4;
    private const int MostCalls = 64;

    private readonly int[] _slack = new int[MostCalls];
    private int _calls = LeastCalls;
    private int _count;

    /// <summary>Whether the last calls are all known.</summary>
    public bool IsFull => _count >= _calls;

    /// <summary>How long the last calls took together.</summary>
    public double Seconds { get; private set; }

    /// <summary>The least of the last calls; 0 while not all are known.</summary>
    public int Least
    {
        get
        {
            int least = IsFull ? int.MaxValue : 0;
            for (int back = 1; back <= _calls && least > 0; back++)
            {
                least = Math.Min(least, _slack[(_count - back) & (MostCalls - 1)]);
            }

            return least;
        }
    }

    /// <summary>From now on a call is of so many seconds.</summary>
    public void SetPeriod(double seconds)
    {
        _calls = (int)Math.Clamp(Math.Ceiling(WindowSeconds / seconds), LeastCalls, MostCalls);
        Seconds = _calls * seconds;
    }

    /// <summary>Behind a call, so many frames lay ready.</summary>
    public void Add(int frames)
    {
        _slack[_count & (MostCalls - 1)] = frames;
        _count = _count == int.MaxValue ? MostCalls : _count + 1;
    }

    /// <summary>Begins anew.</summary>
    public void Clear() => _count = 0;
}
