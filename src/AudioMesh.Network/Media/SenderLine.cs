// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Realtime;

namespace AudioMesh.Network.Media;

/// <summary>
/// The line of a stream's positions over this host's time, from readings with noise: a second-order loop whose first readings weigh as those of a least-squares line do (see
/// <see cref="DelayLockedLoop"/>), at positions that may be any number of frames apart. A reading far off is passed over; when that goes on, a clock has been set and the line begins anew;
/// so it does when readings are off by the same for a while, and by <paramref name="stepNs"/> at least, which a device does that stood still.
/// Network thread.
/// </summary>
[RealtimeSafe]
internal sealed class SenderLine(int rate, double bandwidthHz, double stepNs)
{
    private const double MaxRateDeviation = 1e-3;
    private const double OutlierNs = 2e7;
    private const int OutlierReadings = 8;
    private const double OutlierSpanNs = 1e8;
    private const double PriorReadings = 4;
    private const double StepSpreadNs = 1.5e5;
    private const int StepReadings = 6;

    private readonly double _nominal = 1e9 / rate;
    private double _fraction;
    private double _readings;
    private int _outliers;
    private long _outliersSince;
    private double _step;
    private int _steps;

    /// <summary>The position of the last reading.</summary>
    public long Frame { get; private set; }

    /// <summary>When it was, filtered.</summary>
    public MeshTime Time { get; private set; } = MeshTime.Unknown;

    /// <summary>Nanoseconds from a frame to the next.</summary>
    public double NsPerFrame { get; private set; } = 1e9 / rate;

    /// <summary>How often it began without going on from before.</summary>
    public int Beginnings { get; private set; }

    /// <summary>Frames by which the stream has come to be later, each time that its device stood still; negative where a clock was set forward.</summary>
    public double SteppedFrames { get; private set; }

    /// <summary>Whether the last readings are off, maybe for good.</summary>
    public bool IsStepping => _steps > 0;

    /// <summary>The next reading begins anew; the rate is kept.</summary>
    public void Restart() => Time = MeshTime.Unknown;

    /// <summary>At <paramref name="time"/> the stream stood at <paramref name="frame"/>, which is behind the last one's.</summary>
    public void Observe(long frame, MeshTime time)
    {
        double frames = frame - Frame;
        double step = frames * NsPerFrame;
        double error = (time - Time) - step - _fraction;
        if (!Time.IsKnown || frames > rate * 60.0)
        {
            Begin(frame, time);
            Beginnings++;
        }
        else if (frames > 0 && IsStep(error))
        {
            Begin(frame, time);
            SteppedFrames += error / NsPerFrame;
        }
        else if (frames > 0 && Math.Abs(error) <= OutlierNs)
        {
            _outliers = 0;
            if (_steps <= 1)
            {
                Correct(frame, step, error);
            }
        }
        else if (frames > 0)
        {
            _outliersSince = _outliers++ == 0 ? time.Nanoseconds : _outliersSince;
            if (_outliers >= OutlierReadings && Math.Abs((double)(time.Nanoseconds - _outliersSince)) >= OutlierSpanNs)
            {
                Begin(frame, time);
                Beginnings++;
            }
        }
    }

    private bool IsStep(double error)
    {
        if (Math.Abs(error) < stepNs)
        {
            _steps = 0;
            return false;
        }

        if (_steps == 0 || Math.Abs(error - _step) > StepSpreadNs)
        {
            (_step, _steps) = (error, 0);
        }

        return ++_steps >= StepReadings;
    }

    private void Begin(long frame, MeshTime time) =>
        (Frame, Time, _fraction, _readings, _outliers, _steps) = (frame, time, 0, PriorReadings, 0, 0);

    private void Correct(long frame, double step, double error)
    {
        double frames = frame - Frame;
        double omega = 2 * Math.PI * bandwidthHz * step * 1e-9;
        double n = _readings;
        double phaseGain = Math.Min(1, Math.Max(Math.Sqrt(2) * omega, 2 * ((2 * n) + 1) / ((n + 1) * (n + 2))));
        double rateGain = Math.Min(phaseGain * phaseGain / 2, Math.Max(omega * omega, 6 / ((n + 1) * (n + 2))));
        _readings = Math.Min(n + 1, 1e9);
        double moved = _fraction + step + (phaseGain * error);
        double whole = Math.Floor(moved);
        (Frame, Time, _fraction) = (frame, Time.Add((long)whole), moved - whole);
        NsPerFrame = Math.Clamp(NsPerFrame + (rateGain * error / frames), _nominal * (1 - MaxRateDeviation), _nominal * (1 + MaxRateDeviation));
    }
}
