// SPDX-License-Identifier: MIT
namespace AudioMesh.Cli.Eval.Metrics;

/// <summary>
/// Spectral convergence on 64 mel bands of magnitudes, |M(y) - M(x)| / |M(x)|, with windows of 16 ms (to the nearest 64 frames), each half over the
/// next: as PARCnet was judged (Mezza, Amerena, Bernardini and Sarti, IEEE OJSP 5, 2024). One thread at a time.
/// </summary>
internal sealed class MelConvergence
{
    private const int Bands = 64;
    private const double HopSeconds = 0.008;
    private const int HopStep = 32;

    private readonly float[] _reference;
    private readonly int _hop;
    private readonly PowerSpectrum _spectrum;
    private readonly MelBands _mel;
    private readonly double[] _bins;
    private readonly double[][] _known;
    private readonly double _knownEnergy;

    public MelConvergence(float[] reference, int rate)
    {
        _reference = reference;
        _hop = Math.Max((int)Math.Round(rate * HopSeconds / HopStep), 1) * HopStep;
        _spectrum = new PowerSpectrum(2 * _hop);
        _mel = new MelBands(Bands, rate, 2 * _hop);
        _bins = new double[_spectrum.Bins];
        _known = [.. Enumerable.Range(0, (reference.Length / _hop) + 1).Select(frame => Measure(reference, frame, new double[Bands]))];
        _knownEnergy = _known.Sum(frame => frame.Sum(band => band * band));
    }

    /// <summary>0 is the same.</summary>
    public double Of(float[] heard)
    {
        double[] bands = new double[Bands];
        double error = 0;
        for (int frame = 0; frame < _known.Length; frame++)
        {
            Range window = Math.Max((frame - 1) * _hop, 0)..Math.Min((frame + 1) * _hop, heard.Length);
            if (!heard.AsSpan(window).SequenceEqual(_reference.AsSpan(window)))
            {
                error += Measure(heard, frame, bands).Zip(_known[frame], (y, x) => (y - x) * (y - x)).Sum();
            }
        }

        return Math.Sqrt(error / _knownEnergy);
    }

    // Windows are centred: the first has its middle on the first sample.
    private double[] Measure(float[] samples, int frame, double[] bands)
    {
        _spectrum.Measure(samples, (frame - 1) * _hop, _bins);
        for (int bin = 0; bin < _bins.Length; bin++)
        {
            _bins[bin] = Math.Sqrt(_bins[bin]);
        }

        _mel.Sum(_bins, bands);
        return bands;
    }
}
