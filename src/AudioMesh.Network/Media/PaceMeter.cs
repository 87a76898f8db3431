// SPDX-License-Identifier: MIT
using AudioMesh.Realtime;

namespace AudioMesh.Network.Media;

/// <summary>
/// How fast a stream gains on the device that reads it: the median of what it gained in each of the last seconds, which devices that stand still now and then do not move. Device thread.
/// </summary>
[RealtimeSafe]
internal sealed class PaceMeter(int rate)
{
    private const int Slots = 16;
    private const int FewestOther = 5;
    private const int FewestSame = 8;
    private const double Same = 5e-6;
    private const double Other = 6e-6;

    /// <summary>The fewer seconds are known, the more it has to be.</summary>
    private const double Doubt = 6;

    /// <summary>What begins does so unsteadily.</summary>
    private const double SettleSeconds = 5;

    /// <summary>So long readings are off behind a step.</summary>
    private const double DisturbedSeconds = 0.5;

    private readonly double[] _gains = new double[Slots];
    private readonly double[] _sorted = new double[Slots];
    private int _count;
    private int _next;
    private double _seconds = -SettleSeconds;
    private double _last;

    /// <summary>How much faster the stream runs than the device reads it; 1e-6 is 1 ppm.</summary>
    public double Pace { get; private set; }

    /// <summary>Whether the pace has just become known well.</summary>
    public bool IsFirstKnown => _count == FewestSame && _seconds == 0;

    /// <summary>Whether it is another clock's pace, as far as that is known.</summary>
    public bool IsOther => _count >= FewestOther && Math.Abs(Pace) > Other * (1 + (Doubt / _count));

    /// <summary>Whether it is the pace of the same clock.</summary>
    public bool IsSame => _count >= FewestSame && Math.Abs(Pace) < Same;

    /// <summary>Begins anew.</summary>
    public void Clear() => (_count, _next, _seconds, _last) = (0, 0, -SettleSeconds, 0);

    /// <summary>A clock was set or a device has stood still: the present second counts for nothing.</summary>
    public void Disturb() => _seconds = Math.Min(_seconds, -DisturbedSeconds);

    /// <summary>Before a block of <paramref name="seconds"/> the stream is <paramref name="lead"/> frames before what the device has read.</summary>
    public void Add(double lead, double seconds)
    {
        _last = _seconds <= 0 ? lead : _last;
        _seconds += seconds;
        if (_seconds >= 1)
        {
            _gains[_next] = (lead - _last) / (_seconds * rate);
            _next = (_next + 1) % Slots;
            _count = Math.Min(_count + 1, Slots);
            (_last, _seconds) = (lead, 0);
            Pace = Median();
        }
    }

    // Span.Sort is generic, and would be compiled here.
    private double Median()
    {
        for (int i = 0; i < _count; i++)
        {
            int at = i;
            for (; at > 0 && _sorted[at - 1] > _gains[i]; at--)
            {
                _sorted[at] = _sorted[at - 1];
            }

            _sorted[at] = _gains[i];
        }

        return (_sorted[(_count - 1) / 2] + _sorted[_count / 2]) / 2;
    }
}
