// SPDX-License-Identifier: MIT
using AudioMesh.Clock;

namespace AudioMesh.Latency.Drift;

/// <summary>
/// A tone whose phase is the time, whatever the device's clock: so its phase where it is heard says how old it is, to a hundredth of a frame, but for whole cycles of 480 frames.
/// </summary>
internal sealed class TimeTone : IDeviceTap
{
    /// <summary>How long sound is looked at for one figure.</summary>
    public const long WindowNs = 100_000_000;

    private const double Hz = 100;
    private const double NsPerCycle = 1e9 / Hz;
    private const int MostWindows = 1 << 18;

    private readonly (long AtNs, double Frames, bool IsLoud)[] _windows = new (long, double, bool)[MostWindows];
    private double _re;
    private double _im;
    private double _energy;
    private int _frames;
    private long _window = -1;
    private int _count;

    /// <summary>When each window ended, how old its sound was in frames, and whether there was any.</summary>
    public ReadOnlySpan<(long AtNs, double Frames, bool IsLoud)> Windows => _windows.AsSpan(0, Volatile.Read(ref _count));

    public void Give(MeshTime first, double nsPerFrame, Span<float> period)
    {
        double at = first.Nanoseconds % (long)NsPerCycle;
        for (int i = 0; i < period.Length; i++)
        {
            period[i] = 0.5f * (float)Math.Sin(2 * Math.PI * (at + (i * nsPerFrame)) / NsPerCycle);
        }
    }

    public void Take(MeshTime first, double nsPerFrame, ReadOnlySpan<float> period)
    {
        if (first.Nanoseconds / WindowNs != _window)
        {
            Finish();
            _window = first.Nanoseconds / WindowNs;
        }

        double at = first.Nanoseconds % (long)NsPerCycle;
        for (int i = 0; i < period.Length; i++)
        {
            (double sin, double cos) = Math.SinCos(2 * Math.PI * (at + (i * nsPerFrame)) / NsPerCycle);
            _re += period[i] * sin;
            _im -= period[i] * cos;
            _energy += period[i] * (double)period[i];
        }

        _frames += period.Length;
    }

    private void Finish()
    {
        if (_frames > 0 && _count < MostWindows)
        {
            double turns = Math.Atan2(_im, _re) / (2 * Math.PI);
            double frames = (turns < 0 ? turns + 1 : turns) * NsPerCycle * SkewedDevice.Rate / 1e9;
            _windows[_count] = ((_window + 1) * WindowNs, frames, _energy / _frames > 0.1);
            Volatile.Write(ref _count, _count + 1);
        }

        (_re, _im, _energy, _frames) = (0, 0, 0, 0);
    }
}
