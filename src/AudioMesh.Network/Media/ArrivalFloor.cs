// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Realtime;

namespace AudioMesh.Network.Media;

/// <summary>
/// Where the clocks of both hosts are not known to each other, the stream's line follows the packets that took the least time: of every quarter of a second the fastest. Network thread.
/// </summary>
[RealtimeSafe]
internal sealed class ArrivalFloor(int rate)
{
    private const long SlotNs = 250_000_000;
    private const double BandwidthHz = 0.03;

    // Even the fastest packets of a quarter of a second are not equally fast.
    private const double StepNs = 5e6;

    private readonly double _nominal = 1e9 / rate;
    private long _originFrame;
    private MeshTime _origin;
    private long _slotEnd = long.MinValue;
    private double _least = double.PositiveInfinity;
    private long _leastFrame;
    private MeshTime _leastTime;

    /// <summary>The line of the fastest packets.</summary>
    public SenderLine Line { get; } = new(rate, BandwidthHz, StepNs);

    /// <summary>Begins anew.</summary>
    public void Restart()
    {
        Line.Restart();
        _slotEnd = long.MinValue;
    }

    /// <summary>The frames up to <paramref name="frame"/> have come at <paramref name="arrival"/>.</summary>
    public void Observe(long frame, MeshTime arrival)
    {
        if (_slotEnd == long.MinValue)
        {
            (_originFrame, _origin, _slotEnd) = (frame, arrival, arrival.Nanoseconds + SlotNs);
            _least = double.PositiveInfinity;
            Line.Observe(frame, arrival);
        }
        else if (arrival.Nanoseconds >= _slotEnd)
        {
            if (!double.IsPositiveInfinity(_least))
            {
                Line.Observe(_leastFrame, _leastTime);
            }

            _slotEnd = arrival.Nanoseconds + SlotNs;
            _least = double.PositiveInfinity;
        }

        double delay = (arrival - _origin) - ((frame - _originFrame) * _nominal);
        if (delay < _least && frame > Line.Frame)
        {
            (_least, _leastFrame, _leastTime) = (delay, frame, arrival);
        }
    }
}
