// SPDX-License-Identifier: MIT
using AudioMesh.Realtime;

namespace AudioMesh.Graph.Nodes;

/// <summary>
/// Follows the clock of an app by how full its ring is: a loop of the second order behind a low pass, wide at first, that brings the fill back to where it
/// is to be. An app writes or reads many frames at a time, so that the fill saws up and down; the low pass leaves little of that. Device thread; what it
/// has found may be read by any.
/// </summary>
/// <param name="rate">Frames per second of the ring.</param>
[RealtimeSafe]
internal sealed class FillLoop(int rate)
{
    /// <summary>It follows clocks that differ by up to this.</summary>
    public const double Most = 1e-3;

    private const double NarrowOmega = 2 * Math.PI * 0.01;
    private const double WideOmega = 0.5;
    private const double Settling = 3;
    private const double LowPass = 6;
    private const double LockBelow = 20e-6;
    private const double UnlockAbove = 100e-6;
    private const double LockSeconds = 3;

    private double _error;
    private double _seconds;
    private double _calmSeconds;
    private double _deviation;
    private bool _isLocked;

    /// <summary>How much faster the app's clock runs than the device's; 1e-6 is 1 ppm.</summary>
    public double Deviation => Volatile.Read(ref _deviation);

    /// <summary>Whether that is found: what is corrected beyond it has stayed below 20 ppm for 3 seconds, and below 100 ppm since.</summary>
    public bool IsLocked => Volatile.Read(ref _isLocked);

    /// <summary>Frames of the app's clock that pass for one of the device's, at equal rates.</summary>
    public double Speed { get; private set; } = 1;

    /// <summary>Begins anew where the fill is as it should be; what is known of the clock is kept.</summary>
    public void Begin()
    {
        (_error, _seconds, _calmSeconds) = (0, 0, 0);
        Volatile.Write(ref _isLocked, false);
        Speed = 1 + _deviation;
    }

    /// <summary>Before a block of <paramref name="seconds"/>, the app is <paramref name="frames"/> of the ring ahead of where it should be.</summary>
    public void Observe(double frames, double seconds)
    {
        _seconds += seconds;
        double omega = Math.Max(NarrowOmega, Math.Min(WideOmega, Settling / (_seconds + 1e-3)));
        _error += (1 - Math.Exp(-LowPass * omega * seconds)) * ((frames / rate) - _error);
        double correction = 2 * omega * _error;
        double wanted = _deviation + correction;

        // Beyond what it may do it does not learn, or it would have to forget that first.
        if (Math.Abs(wanted) < Most || Math.Sign(wanted) != Math.Sign(_error))
        {
            Volatile.Write(ref _deviation, Math.Clamp(_deviation + (omega * omega * _error * seconds), -Most, Most));
        }

        Speed = 1 + Math.Clamp(wanted, -Most, Most);
        _calmSeconds = Math.Abs(correction) < LockBelow ? _calmSeconds + seconds : 0;
        Volatile.Write(ref _isLocked, _calmSeconds > LockSeconds || (_isLocked && Math.Abs(correction) < UnlockAbove));
    }
}
