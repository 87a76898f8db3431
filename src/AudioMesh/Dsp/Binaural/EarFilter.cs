// SPDX-License-Identifier: MIT
using AudioMesh.Realtime;

namespace AudioMesh.Dsp;

/// <summary>
/// The impulse response of <see cref="HeadModel"/> at one ear, at a rate. Delays of parts of frames are windowed sincs; the shadow is the paper's filter of first order by the
/// bilinear transform.
/// </summary>
internal sealed class EarFilter
{
    private const int SincTaps = 16;

    /// <summary>As much as both ears add to the power of a sound from the front.</summary>
    private const double Scale = 0.5;

    /// <summary>After this many times the radius' delay the shadow's response has fallen by 100 dB.</summary>
    private const double ShadowRadii = 6;

    private readonly int _rate;

    /// <summary>Filters for <paramref name="rate"/> frames a second.</summary>
    public EarFilter(int rate)
    {
        _rate = rate;
        LatencyFrames = (int)Math.Ceiling(HeadModel.RadiusSeconds * rate) + (SincTaps / 2);
        double seconds = (HeadModel.RadiusSeconds * ((Math.PI / 2) + ShadowRadii)) + HeadModel.LongestEchoSeconds;
        Taps = (LatencyFrames + (int)Math.Ceiling(seconds * rate) + (SincTaps / 2) + 3) / 4 * 4;
    }

    /// <summary>Length of every response; a multiple of four.</summary>
    public int Taps { get; }

    /// <summary>When a response has what the middle of the head would hear at once.</summary>
    public int LatencyFrames { get; }

    /// <summary>Writes the response for a direction in radians at the ear whose side is 1 for the right one and -1 for the left one.</summary>
    [RealtimeSafe]
    public void Write(Span<float> taps, double azimuth, double elevation, int side, double gain)
    {
        double incidence = HeadModel.Incidence(azimuth, elevation, side);
        double delay = LatencyFrames + (HeadModel.DelaySeconds(incidence) * _rate);
        taps.Clear();
        AddPulse(taps, delay, gain * Scale);
        for (int echo = 0; echo < HeadModel.Echoes; echo++)
        {
            (double echoGain, double seconds) = HeadModel.Echo(echo, azimuth, elevation);
            AddPulse(taps, delay + (seconds * _rate), gain * Scale * echoGain);
        }

        Shade(taps, HeadModel.HighGain(incidence));
    }

    [RealtimeSafe]
    private static void AddPulse(Span<float> taps, double delay, double gain)
    {
        int first = (int)Math.Floor(delay) - (SincTaps / 2) + 1;
        Span<double> pulse = stackalloc double[SincTaps];
        double sum = 0;
        for (int i = 0; i < SincTaps; i++)
        {
            double x = first + i - delay;
            double u = x / (SincTaps / 2);
            double window = (1 - (u * u)) * (1 - (u * u));
            pulse[i] = window * (Math.Abs(x) < 1e-9 ? 1 : Math.Sin(Math.PI * x) / (Math.PI * x));
            sum += pulse[i];
        }

        for (int i = 0; i < SincTaps; i++)
        {
            taps[first + i] += (float)(pulse[i] * gain / sum);
        }
    }

    [RealtimeSafe]
    private void Shade(Span<float> taps, double highGain)
    {
        double k = _rate * HeadModel.RadiusSeconds;
        double b0 = (1 + (highGain * k)) / (1 + k);
        double b1 = (1 - (highGain * k)) / (1 + k);
        double a1 = (1 - k) / (1 + k);
        double before = 0;
        double shaded = 0;
        for (int i = 0; i < taps.Length; i++)
        {
            double now = taps[i];
            shaded = (b0 * now) + (b1 * before) - (a1 * shaded);
            before = now;
            taps[i] = (float)shaded;
        }
    }
}
