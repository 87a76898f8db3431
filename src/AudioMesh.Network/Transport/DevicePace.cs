// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Realtime;

namespace AudioMesh.Network.Transport;

/// <summary>
/// How long a device's frame takes on this host's clock: from two readings a second or two apart, so a microsecond's rounding of each is a part in a million; and how far the device's times
/// stray from that within the few cycles for which an order looks ahead. A JACK server filters its times: after a stall of the machine they need seconds to come back to their line. Device thread.
/// </summary>
internal sealed class DevicePace(int rate)
{
    private const double ShortestNs = 5e7;
    private const double JumpNs = 5e6;
    private const double MostDeviation = 0.01;
    private const int AheadCycles = 8;
    private const double ForgetNs = 5e8;
    private readonly double _nominalNs = 1e9 / rate;
    private (long Frame, MeshTime Time) _old = (0, MeshTime.Unknown);
    private (long Frame, MeshTime Time) _middle;
    private (long Frame, MeshTime Time) _last;
    private readonly (long Frame, MeshTime Time)[] _recent = new (long, MeshTime)[AheadCycles];
    private int _cycle;

    /// <summary>Nanoseconds of host time.</summary>
    public double NsPerFrame { get; private set; } = 1e9 / rate;

    /// <summary>How far times strayed from the line within some cycles, of late.</summary>
    public double StrayNs { get; private set; }

    [RealtimeSafe]
    public void Add(long frame, MeshTime time)
    {
        bool hasJumped = _old.Time.IsKnown && Math.Abs(time - _last.Time - ((frame - _last.Frame) * NsPerFrame)) > JumpNs;
        if (!_old.Time.IsKnown || hasJumped || frame <= _last.Frame)
        {
            (_old, _middle, _last) = ((frame, time), (frame, time), (frame, time));
            _recent.AsSpan().Fill(_last);
            return;
        }

        FollowStray(frame, time);
        _last = (frame, time);
        double measured = (double)(time - _old.Time) / (frame - _old.Frame);
        if (time - _old.Time > ShortestNs && Math.Abs((measured / _nominalNs) - 1) < MostDeviation)
        {
            NsPerFrame = measured;
        }

        if (frame - _middle.Frame > rate)
        {
            (_old, _middle) = (_middle, (frame, time));
        }
    }

    [RealtimeSafe]
    private void FollowStray(long frame, MeshTime time)
    {
        ref (long Frame, MeshTime Time) before = ref _recent[_cycle];
        double stray = Math.Abs(time - before.Time - ((frame - before.Frame) * NsPerFrame));
        StrayNs = Math.Max(stray, StrayNs * Math.Exp(-(time - _last.Time) / ForgetNs));
        before = (frame, time);
        _cycle = (_cycle + 1) % AheadCycles;
    }
}
