// SPDX-License-Identifier: MIT
using AudioMesh.Realtime;

namespace AudioMesh.Midi;

/// <summary>
/// When clocks are due: at the frame nearest to their time. Counted from an anchor, so that at a steady tempo no error adds up; a new tempo moves the anchor to now.
/// One device thread.
/// </summary>
[RealtimeSafe]
internal sealed class MidiClockGrid
{
    private double _anchor;
    private double _interval;
    private long _clocks;

    /// <summary>The frame of the next clock.</summary>
    public long NextFrame => (long)Math.Round(NextTime);

    private double NextTime => _anchor + (_clocks * _interval);

    /// <summary>Sets the tempo from <paramref name="frame"/> on; what is left until the next clock shrinks or grows with it.</summary>
    public void SetTempo(long frame, double bpm, int rate)
    {
        double interval = 60.0 * rate / (MidiClockFollower.ClocksPerBeat * bpm);
        if (interval != _interval)
        {
            double left = _interval > 0 ? Math.Max(0, NextTime - frame) * (interval / _interval) : 0;
            _anchor = frame + left;
            _clocks = 0;
            _interval = interval;
        }
    }

    /// <summary>The next clock is at <paramref name="frame"/>.</summary>
    public void Align(long frame)
    {
        _anchor = frame;
        _clocks = 0;
    }

    /// <summary>The next clock is the one after this.</summary>
    public void Advance() => _clocks++;

    /// <summary>Leaves out the clocks before <paramref name="frame"/>, when nobody was asked for a while, and says how many those were.</summary>
    public long SkipTo(long frame)
    {
        long before = _clocks;
        _clocks += _interval > 0 ? Math.Max(0, (long)((frame - NextTime) / _interval)) : 0;
        while (_interval > 0 && NextFrame < frame)
        {
            _clocks++;
        }

        return _clocks - before;
    }
}
