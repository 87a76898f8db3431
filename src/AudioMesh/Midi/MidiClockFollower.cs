// SPDX-License-Identifier: MIT
using AudioMesh.Realtime;

namespace AudioMesh.Midi;

/// <summary>
/// Tells the tempo of MIDI clocks that arrive with jitter: a second-order delay-locked loop over their frames, after F. Adriaensen, "Using a DLL to filter
/// time" (Linux Audio Conference 2005), that begins with the gains of a line fitted to all clocks so far. A clock that is half an interval off begins anew.
/// One device thread; what it says may be read by any.
/// </summary>
[RealtimeSafe]
internal sealed class MidiClockFollower
{
    /// <summary>Clocks in a quarter note.</summary>
    public const int ClocksPerBeat = 24;

    /// <summary>The slowest and fastest tempo that is one, in quarter notes a minute.</summary>
    public const double LowestBpm = 10;

    /// <inheritdoc cref="LowestBpm"/>
    public const double HighestBpm = 1000;

    /// <summary>Follows a hand on a tempo dial, ignores a scheduler.</summary>
    private const double BandwidthHz = 0.25;

    /// <summary>The jitter that is told is that of about so many clocks.</summary>
    private const int JitterClocks = 96;

    /// <summary>So many intervals without a clock, and there is none.</summary>
    private const int PatientIntervals = 4;

    private int _rate = 1;
    private double _next;
    private double _interval;
    private double _last;
    private double _errorPower;
    private int _intervals = -1;
    private double _bpm;
    private double _jitterUs;
    private int _isLocked;

    /// <summary>Quarter notes a minute; 0 while there is no clock.</summary>
    public double Bpm => Volatile.Read(ref _bpm);

    /// <summary>Root mean square of how far clocks lie from where they were expected, in microseconds.</summary>
    public double JitterUs => Volatile.Read(ref _jitterUs);

    /// <summary>Whether a quarter note of clocks came without a break.</summary>
    public bool IsLocked => Volatile.Read(ref _isLocked) != 0;

    /// <summary>Begins anew, at <paramref name="rate"/> frames per second.</summary>
    public void Reset(int rate)
    {
        _rate = rate;
        Begin();
    }

    /// <summary>The next clock may come at any time, in the tempo of those before: the transport starts.</summary>
    public void Realign() => _next = double.NaN;

    /// <summary>A clock came at <paramref name="frame"/>, later than those before.</summary>
    public void Clock(double frame)
    {
        double gap = frame - _last;
        _last = frame;
        if (_intervals < 0)
        {
            _intervals = 0;
        }
        else if (_intervals == 0)
        {
            Measure(frame, gap);
        }
        else if (double.IsNaN(_next))
        {
            _next = frame + _interval;
        }
        else if (Math.Abs(frame - _next) > _interval / 2)
        {
            Begin();
            _intervals = 0;
        }
        else
        {
            Correct(frame - _next);
        }
    }

    /// <summary>Time has gone on to <paramref name="frame"/>.</summary>
    public void Pass(double frame)
    {
        double longest = _intervals > 0 ? PatientIntervals * _interval : IntervalOf(LowestBpm);
        if (_intervals >= 0 && frame - _last > longest)
        {
            Begin();
        }
    }

    private void Begin()
    {
        _intervals = -1;
        _errorPower = 0;
        Volatile.Write(ref _bpm, 0);
        Volatile.Write(ref _jitterUs, 0);
        Volatile.Write(ref _isLocked, 0);
    }

    private void Measure(double frame, double gap)
    {
        if (gap >= IntervalOf(HighestBpm) && gap <= IntervalOf(LowestBpm))
        {
            _interval = gap;
            _next = frame + gap;
            _intervals = 1;
            Tell();
        }
    }

    private void Correct(double error)
    {
        double omega = 2 * Math.PI * BandwidthHz * _interval / _rate;
        double n = _intervals;
        double phaseGain = Math.Min(1, Math.Max(Math.Sqrt(2) * omega, 2 * ((2 * n) + 1) / ((n + 1) * (n + 2))));
        double intervalGain = Math.Min(phaseGain * phaseGain / 2, Math.Max(omega * omega, 6 / ((n + 1) * (n + 2))));
        _interval = Math.Clamp(_interval + (intervalGain * error), IntervalOf(HighestBpm), IntervalOf(LowestBpm));
        _next += (phaseGain * error) + _interval;
        _errorPower += ((error * error) - _errorPower) / Math.Min(n, JitterClocks);
        _intervals = Math.Min(_intervals + 1, int.MaxValue - 1);
        Tell();
    }

    private void Tell()
    {
        Volatile.Write(ref _bpm, 60.0 * _rate / (ClocksPerBeat * _interval));
        Volatile.Write(ref _jitterUs, Math.Sqrt(_errorPower) * 1e6 / _rate);
        Volatile.Write(ref _isLocked, _intervals >= ClocksPerBeat ? 1 : 0);
    }

    private double IntervalOf(double bpm) => 60.0 * _rate / (ClocksPerBeat * bpm);
}
