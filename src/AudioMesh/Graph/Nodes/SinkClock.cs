// SPDX-License-Identifier: MIT
using AudioMesh.Realtime;

namespace AudioMesh.Graph.Nodes;

/// <summary>
/// Follows the clock of an app that reads: what it leaves in the ring on the average of its first two seconds is what it is to find there from then on, as far as
/// that leaves room for when it is late. Nothing is followed while it does not read. Device thread.
/// </summary>
/// <param name="loop">What follows.</param>
/// <param name="room">Frames of the ring.</param>
[RealtimeSafe]
internal sealed class SinkClock(FillLoop loop, int room)
{
    private const double FullestShare = 0.75;
    private const double AverageSeconds = 2;
    private const double RestSeconds = 1;

    private int _fillAfterWrite;
    private double _restSeconds = RestSeconds;
    private double _seconds;
    private double _sum;
    private double _target;

    /// <summary>Before a block of <paramref name="seconds"/> is written to a ring that holds <paramref name="fill"/> frames.</summary>
    public void Observe(int fill, double seconds)
    {
        bool hasRead = fill < _fillAfterWrite;
        _restSeconds = hasRead ? 0 : _restSeconds + seconds;
        if (_restSeconds >= RestSeconds)
        {
            (_seconds, _sum) = (0, 0);
        }
        else if (_seconds < AverageSeconds)
        {
            _seconds += seconds;
            _sum += fill * seconds;
            _target = Math.Min(_sum / _seconds, FullestShare * room);
            loop.Begin();
        }
        else
        {
            loop.Observe(_target - fill, seconds);
        }
    }

    /// <summary>So many frames are in the ring after a block was written.</summary>
    public void Written(int fill) => _fillAfterWrite = fill;
}
