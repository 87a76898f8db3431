// SPDX-License-Identifier: MIT
namespace AudioMesh.Cli.Eval.Metrics;

/// <summary>
/// How far spectra are apart in decibels: the root mean square over the bins, its mean over the windows that touch a gap or the 512 samples after
/// it. Windows of 1024 frames, 256 apart. One thread at a time.
/// </summary>
internal sealed class LogSpectralDistance(float[] reference, IReadOnlyList<Range> gaps)
{
    private const int WindowFrames = 1024;
    private const int Hop = 256;
    private const int AfterFrames = 512;
    private const double Floor = 1e-6;

    private readonly PowerSpectrum _spectrum = new(WindowFrames);

    /// <summary>0 is the same; null where there are no gaps.</summary>
    public double? Of(float[] heard)
    {
        double sum = 0;
        int count = 0;
        foreach (int first in Touched())
        {
            double[] x = Measure(reference, first);
            double[] y = Measure(heard, first);
            sum += Math.Sqrt(x.Zip(y, (a, b) => (a - b) * (a - b)).Average());
            count++;
        }

        return count > 0 ? sum / count : null;
    }

    private IEnumerable<int> Touched() => gaps
        .SelectMany(gap => WindowsOver(gap.Start.Value, gap.End.Value + AfterFrames))
        .Distinct();

    private IEnumerable<int> WindowsOver(int begin, int end)
    {
        int first = Math.Max(begin - WindowFrames + Hop, 0) / Hop * Hop;
        for (int window = first; window < end && window + WindowFrames <= reference.Length; window += Hop)
        {
            yield return window;
        }
    }

    private double[] Measure(float[] samples, int first)
    {
        double[] bins = new double[_spectrum.Bins];
        _spectrum.Measure(samples, first, bins);
        for (int bin = 0; bin < bins.Length; bin++)
        {
            bins[bin] = 10 * Math.Log10(bins[bin] + Floor);
        }

        return bins;
    }
}
