// SPDX-License-Identifier: MIT
namespace AudioMesh.Dsp;

/// <summary>
/// The response of a steep low-pass that lifts what a following short filter, at twice the rate, lowers: the Fourier integral of that filter's
/// inverse up to the cut-off, under Kaiser's window.
/// </summary>
internal sealed class EqualizedSinc
{
    private const double Near = 0.1;
    private const double Apart = 0.002;
    private readonly KaiserSinc _window;
    private readonly GaussNodes _band;
    private readonly double[] _gains;

    /// <summary>The cut-off is a part of half the input's rate.</summary>
    public EqualizedSinc(int halfTaps, double cutoff, double stopbandDb, in PolyphaseShape following)
    {
        _window = new KaiserSinc(halfTaps, 0, stopbandDb);

        // A panel for every period of the outermost tap, and some for the following filter's own curve.
        _band = new GaussNodes(cutoff / 2, (int)(cutoff / 2 * halfTaps) + 8);
        KaiserSinc next = new(following.Length / 2, following.Cutoff, following.StopbandDb);
        GaussNodes support = new(following.Length / 2.0, following.Length);
        double[] taps = support.ValuesOf(next.At);
        double still = support.Cosine(taps, 0);
        double Gain(double frequency) => still / support.Cosine(taps, frequency / 2);

        // The window is a parabola around its middle, and so adds some of the gains' second derivative to them, which is taken away beforehand.
        double bend = 2 * (1 - _window.At(Near)) / (Near * Near) / (8 * Math.PI * Math.PI);
        double Bent(double frequency) => (Gain(frequency - Apart) - (2 * Gain(frequency)) + Gain(frequency + Apart)) / (Apart * Apart);
        _gains = _band.ValuesOf(frequency => Gain(frequency) - (bend * Bent(frequency)));
    }

    /// <summary>The response <paramref name="frames"/> input frames from its middle.</summary>
    public double At(double frames) => _band.Cosine(_gains, frames) * _window.At(frames);
}
