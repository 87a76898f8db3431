// SPDX-License-Identifier: MIT
namespace AudioMesh.Cli.Eval.Metrics;

/// <summary>Triangles of equal area over the mel scale of M. Slaney's Auditory Toolbox: linear below 1 kHz, logarithmic above.</summary>
internal sealed class MelBands
{
    private const double HzPerMel = 200.0 / 3;
    private const double LogFromHz = 1000;
    private const double LogFromMel = LogFromHz / HzPerMel;
    private static readonly double LogStep = Math.Log(6.4) / 27;

    private readonly (int FirstBin, double[] Weights)[] _bands;

    public MelBands(int bands, int rate, int windowFrames)
    {
        double top = ToMel(rate / 2.0);
        double[] corners = [.. Enumerable.Range(0, bands + 2).Select(corner => ToHz(top * corner / (bands + 1)))];
        _bands = [.. Enumerable.Range(0, bands).Select(band => Triangle(corners.AsSpan(band, 3), rate / (double)windowFrames, (windowFrames / 2) + 1))];
    }

    public int Count => _bands.Length;

    /// <summary>Sums the bins into the bands.</summary>
    public void Sum(ReadOnlySpan<double> bins, Span<double> bands)
    {
        for (int band = 0; band < _bands.Length; band++)
        {
            (int first, double[] weights) = _bands[band];
            double sum = 0;
            for (int i = 0; i < weights.Length; i++)
            {
                sum += weights[i] * bins[first + i];
            }

            bands[band] = sum;
        }
    }

    private static (int FirstBin, double[] Weights) Triangle(ReadOnlySpan<double> corners, double hzPerBin, int bins)
    {
        (double low, double peak, double high) = (corners[0], corners[1], corners[2]);
        int first = (int)Math.Ceiling(low / hzPerBin);
        int last = Math.Min((int)(high / hzPerBin), bins - 1);
        double[] weights = new double[Math.Max(last - first + 1, 0)];
        for (int i = 0; i < weights.Length; i++)
        {
            double hz = (first + i) * hzPerBin;
            weights[i] = 2 / (high - low) * Math.Max(0, Math.Min((hz - low) / (peak - low), (high - hz) / (high - peak)));
        }

        return (first, weights);
    }

    private static double ToMel(double hz) => hz < LogFromHz ? hz / HzPerMel : LogFromMel + (Math.Log(hz / LogFromHz) / LogStep);

    private static double ToHz(double mel) => mel < LogFromMel ? mel * HzPerMel : LogFromHz * Math.Exp((mel - LogFromMel) * LogStep);
}
