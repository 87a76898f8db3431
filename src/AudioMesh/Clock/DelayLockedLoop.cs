// SPDX-License-Identifier: MIT
using AudioMesh.Realtime;

namespace AudioMesh.Clock;

/// <summary>
/// Filters the jitter out of a device thread's wake-up times: a second-order delay-locked loop after F. Adriaensen, "Using a DLL to filter
/// time" (Linux Audio Conference 2005). Its first periods weigh as a least-squares line does (gains of the growing-memory alpha-beta filter), so it
/// is useful from the start; from then on its own bandwidth holds. A wake-up more than two periods (and 5 ms) off is passed over; when
/// that goes on for 100 ms the device has moved, and the loop starts over at the new phase. One thread, that of the device.
/// </summary>
public sealed class DelayLockedLoop
{
    /// <summary>Follows a quartz, ignores a scheduler.</summary>
    public const double DefaultBandwidthHz = 0.1;

    /// <summary>How many perfect periods the nominal rate counts for at the start.</summary>
    private const int PriorPeriods = 8;

    /// <summary>By then the bandwidth's own gains have taken over, whatever the bandwidth.</summary>
    private const int MostPeriods = 1 << 30;

    /// <summary>No device is further off its nominal rate; without this bound a stall among the first periods would bend the rate.</summary>
    private const double MaxRateDeviation = 0.01;

    private const double ShortestOutlierNs = 5e6;

    /// <summary>Longer than a device takes to catch up after a stall, in periods and in time.</summary>
    private const int OutlierPeriods = 8;

    private const double OutlierSpanNs = 1e8;

    private readonly double _bandwidthHz;
    private readonly double _nominalNsPerFrame;
    private double _nsPerFrame;
    private long _currentNs;
    private double _currentFraction;
    private int _frames;
    private int _periods;
    private int _outliers;
    private bool _started;

    /// <summary>
    /// A loop for a device of <paramref name="nominalRate"/> frames per second (1 to 10 million) and <paramref name="bandwidthHz"/> (0.001 to 10).
    /// Throws InvalidArgument otherwise.
    /// </summary>
    public DelayLockedLoop(int nominalRate, double bandwidthHz = DefaultBandwidthHz)
    {
        if (nominalRate is < 1 or > 10_000_000 || !(bandwidthHz is >= 0.001 and <= 10))
        {
            throw new AudioMeshException(AudioErrorKind.InvalidArgument, $"No loop for {nominalRate} frames per second and {bandwidthHz} Hz.");
        }

        NominalRate = nominalRate;
        _bandwidthHz = bandwidthHz;
        _nominalNsPerFrame = 1e9 / nominalRate;
        _nsPerFrame = _nominalNsPerFrame;
    }

    /// <summary>What the device claims, frames per second.</summary>
    public int NominalRate { get; }

    /// <summary>When the period of the last <see cref="Update"/> began, filtered.</summary>
    public MeshTime Current => _started ? new MeshTime(_currentNs) : MeshTime.Unknown;

    /// <summary>When the next period will begin.</summary>
    public MeshTime Next => _started ? new MeshTime(_currentNs + (long)Math.Round(_currentFraction + (_frames * _nsPerFrame))) : MeshTime.Unknown;

    /// <summary>The device's rate as measured, frames per second of mesh time.</summary>
    public double RateHz => 1e9 / _nsPerFrame;

    /// <summary>How much faster than nominal the device runs, parts per million.</summary>
    public double Ppm => ((_nominalNsPerFrame / _nsPerFrame) - 1) * 1e6;

    /// <summary>How often the loop found the device moved on without being told.</summary>
    public int Resets { get; private set; }

    /// <summary>
    /// Takes the wake-up at <paramref name="wake"/> for a period of <paramref name="frames"/> frames, at least 1 and not always the same.
    /// Once each period; call <see cref="Restart"/> before it when the device has reported lost frames.
    /// </summary>
    [RealtimeSafe]
    public void Update(MeshTime wake, int frames)
    {
        frames = Math.Max(frames, 1);
        if (!_started)
        {
            Begin(wake, frames);
            return;
        }

        double predictedNs = _currentFraction + (_frames * _nsPerFrame);
        double errorNs = wake.Nanoseconds - _currentNs - predictedNs;
        double periodNs = _frames * _nominalNsPerFrame;
        if (Math.Abs(errorNs) <= Math.Max(ShortestOutlierNs, 2 * periodNs))
        {
            _outliers = 0;
            Correct(predictedNs, errorNs);
        }
        else if (++_outliers >= OutlierPeriods && _outliers * periodNs >= OutlierSpanNs)
        {
            Resets++;
            Begin(wake, frames);
        }
        else
        {
            Advance(predictedNs);
        }

        _frames = frames;
    }

    /// <summary>Forgets the phase and keeps the rate: the next <see cref="Update"/> begins anew. For xruns and pauses.</summary>
    [RealtimeSafe]
    public void Restart() => _started = false;

    private void Begin(MeshTime wake, int frames)
    {
        _currentNs = wake.Nanoseconds;
        _currentFraction = 0;
        _frames = frames;
        _periods = PriorPeriods;
        _outliers = 0;
        _started = true;
    }

    /// <summary>One step of the loop. Gains are those of a line fitted to all periods so far, down to those of the bandwidth.</summary>
    private void Correct(double predictedNs, double errorNs)
    {
        double omega = 2 * Math.PI * _bandwidthHz * _frames * _nominalNsPerFrame * 1e-9;
        double n = _periods;
        double phaseGain = Math.Min(1, Math.Max(Math.Sqrt(2) * omega, 2 * ((2 * n) + 1) / ((n + 1) * (n + 2))));
        double rateGain = Math.Min(phaseGain * phaseGain / 2, Math.Max(omega * omega, 6 / ((n + 1) * (n + 2))));
        _periods = Math.Min(_periods + 1, MostPeriods);

        Advance(predictedNs + (phaseGain * errorNs));
        double slowest = _nominalNsPerFrame * (1 + MaxRateDeviation);
        double fastest = _nominalNsPerFrame * (1 - MaxRateDeviation);
        _nsPerFrame = Math.Clamp(_nsPerFrame + (rateGain * errorNs / _frames), fastest, slowest);
    }

    /// <summary>Keeps the time as whole nanoseconds and a fraction below one, which a double holds for ever.</summary>
    private void Advance(double ns)
    {
        double whole = Math.Floor(ns);
        _currentNs += (long)whole;
        _currentFraction = ns - whole;
    }
}
