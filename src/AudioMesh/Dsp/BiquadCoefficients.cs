// SPDX-License-Identifier: MIT
using AudioMesh.Realtime;

namespace AudioMesh.Dsp;

/// <summary>
/// A second-order filter, (B0 + B1/z + B2/z^2) / (1 + A1/z + A2/z^2), by the formulas of R. Bristow-Johnson's Audio EQ Cookbook. Frequencies
/// and rates are in hertz; a frequency is kept between a millionth and 0.4999 of the rate, and q above 0.001. All values are finite. Any thread.
/// </summary>
public readonly record struct BiquadCoefficients(double B0, double B1, double B2, double A1, double A2)
{
    /// <summary>Lets everything pass unchanged.</summary>
    public static BiquadCoefficients Identity => new(1, 0, 0, 0, 0);

    /// <summary>12 dB an octave above the frequency; q of 0.7071 is flat below.</summary>
    [RealtimeSafe]
    public static BiquadCoefficients LowPass(double frequency, double q, double rate)
    {
        Prototype p = new(frequency, q, rate);
        return p.Make((1 - p.Cos) / 2, 1 - p.Cos, (1 - p.Cos) / 2, 1 + p.Alpha, 1 - p.Alpha);
    }

    /// <summary>12 dB an octave below the frequency; q of 0.7071 is flat above.</summary>
    [RealtimeSafe]
    public static BiquadCoefficients HighPass(double frequency, double q, double rate)
    {
        Prototype p = new(frequency, q, rate);
        return p.Make((1 + p.Cos) / 2, -(1 + p.Cos), (1 + p.Cos) / 2, 1 + p.Alpha, 1 - p.Alpha);
    }

    /// <summary>0 dB at the frequency, falling on both sides; q is the frequency over the width at -3 dB.</summary>
    [RealtimeSafe]
    public static BiquadCoefficients BandPass(double frequency, double q, double rate)
    {
        Prototype p = new(frequency, q, rate);
        return p.Make(p.Alpha, 0, -p.Alpha, 1 + p.Alpha, 1 - p.Alpha);
    }

    /// <summary>Nothing at the frequency, 0 dB far from it; q is the frequency over the width at -3 dB.</summary>
    [RealtimeSafe]
    public static BiquadCoefficients Notch(double frequency, double q, double rate)
    {
        Prototype p = new(frequency, q, rate);
        return p.Make(1, -2 * p.Cos, 1, 1 + p.Alpha, 1 - p.Alpha);
    }

    /// <summary>A gain at the frequency, 0 dB far from it.</summary>
    [RealtimeSafe]
    public static BiquadCoefficients Peaking(double frequency, double q, double gainDb, double rate)
    {
        Prototype p = new(frequency, q, rate);
        double a = Amplitude(gainDb);
        return p.Make(1 + (p.Alpha * a), -2 * p.Cos, 1 - (p.Alpha * a), 1 + (p.Alpha / a), 1 - (p.Alpha / a));
    }

    /// <summary>A gain far below the frequency, half of it in dB at the frequency, 0 dB far above.</summary>
    [RealtimeSafe]
    public static BiquadCoefficients LowShelf(double frequency, double q, double gainDb, double rate) =>
        Shelf(new Prototype(frequency, q, rate), Amplitude(gainDb), 1);

    /// <summary>A gain far above the frequency, half of it in dB at the frequency, 0 dB far below.</summary>
    [RealtimeSafe]
    public static BiquadCoefficients HighShelf(double frequency, double q, double gainDb, double rate) =>
        Shelf(new Prototype(frequency, q, rate), Amplitude(gainDb), -1);

    // The high shelf is the low one with the spectrum turned round: the cosine and the odd coefficients change their sign.
    private static BiquadCoefficients Shelf(Prototype p, double a, double side)
    {
        double cos = p.Cos * side;
        double slope = 2 * Math.Sqrt(a) * p.Alpha;
        double a0 = a + 1 + ((a - 1) * cos) + slope;
        return new BiquadCoefficients(
            a * (a + 1 - ((a - 1) * cos) + slope) / a0,
            2 * side * a * (a - 1 - ((a + 1) * cos)) / a0,
            a * (a + 1 - ((a - 1) * cos) - slope) / a0,
            -2 * side * (a - 1 + ((a + 1) * cos)) / a0,
            (a + 1 + ((a - 1) * cos) - slope) / a0);
    }

    private static double Amplitude(double gainDb) => Math.Pow(10, gainDb / 40);

    private readonly struct Prototype
    {
        public Prototype(double frequency, double q, double rate)
        {
            (double sin, Cos) = Math.SinCos(Math.Tau * Math.Clamp(frequency / rate, 1e-6, 0.4999));
            Alpha = sin / (2 * Math.Max(q, 0.001));
        }

        public double Cos { get; }

        public double Alpha { get; }

        public BiquadCoefficients Make(double b0, double b1, double b2, double a0, double a2) =>
            new(b0 / a0, b1 / a0, b2 / a0, -2 * Cos / a0, a2 / a0);
    }
}
