// SPDX-License-Identifier: MIT
namespace AudioMesh.Dsp;

/// <summary>
/// The continuous impulse response of a low-pass: a sinc under J. F. Kaiser's window ("Nonrecursive digital filter design using the I0-sinh
/// window function", 1974). The cut-off, its -6 dB point, is a part of half the input's rate.
/// </summary>
internal sealed class KaiserSinc
{
    private readonly double _halfTaps;
    private readonly double _cutoff;
    private readonly double _beta;
    private readonly double _top;

    public KaiserSinc(int halfTaps, double cutoff, double stopbandDb)
    {
        _halfTaps = halfTaps;
        _cutoff = cutoff;
        _beta = 0.1102 * (stopbandDb - 8.7);
        _top = BesselI0(_beta);
    }

    /// <summary>The response <paramref name="frames"/> input frames from its middle.</summary>
    public double At(double frames)
    {
        double edge = frames / _halfTaps;
        double inside = 1 - (edge * edge);
        return inside < 0 ? 0 : Sinc(_cutoff * frames) * BesselI0(_beta * Math.Sqrt(inside)) / _top;
    }

    private static double Sinc(double x) => x == 0 ? 1 : Math.Sin(Math.PI * x) / (Math.PI * x);

    private static double BesselI0(double x)
    {
        double sum = 1;
        double term = 1;
        for (int k = 1; term > sum * 1e-17; k++)
        {
            term *= x / (2 * k) * (x / (2 * k));
            sum += term;
        }

        return sum;
    }
}
