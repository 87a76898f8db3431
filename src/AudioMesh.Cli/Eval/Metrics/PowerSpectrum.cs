// SPDX-License-Identifier: MIT
using System.Numerics;
using MathNet.Numerics.IntegralTransforms;

namespace AudioMesh.Cli.Eval.Metrics;

/// <summary>Spectra of windows of a signal, with the periodic window of J. von Hann. One thread at a time.</summary>
internal sealed class PowerSpectrum
{
    private readonly double[] _window;
    private readonly Complex[] _turns;
    private readonly Complex[][] _parts;

    // The library splits even the smallest transform over threads; all processors are at work already.
    static PowerSpectrum() => MathNet.Numerics.Control.UseSingleThread();

    public PowerSpectrum(int frames)
    {
        int powerOfTwo = frames & -frames;
        _window = [.. Enumerable.Range(0, frames).Select(n => 0.5 - (0.5 * Math.Cos(2 * Math.PI * n / frames)))];
        _turns = [.. Enumerable.Range(0, frames).Select(n => Complex.FromPolarCoordinates(1, -2 * Math.PI * n / frames))];
        _parts = [.. Enumerable.Range(0, frames / powerOfTwo).Select(_ => new Complex[powerOfTwo])];
    }

    /// <summary>From 0 to half of the rate.</summary>
    public int Bins => (_window.Length / 2) + 1;

    /// <summary>The power in each bin of the window that begins at <paramref name="first"/>. Before and after the samples there is silence.</summary>
    public void Measure(ReadOnlySpan<float> samples, int first, Span<double> powers)
    {
        for (int n = 0; n < _window.Length; n++)
        {
            int at = first + n;
            _parts[n % _parts.Length][n / _parts.Length] = (uint)at < (uint)samples.Length ? samples[at] * _window[n] : 0;
        }

        foreach (Complex[] part in _parts)
        {
            Fourier.Forward(part, FourierOptions.NoScaling);
        }

        for (int bin = 0; bin < Bins; bin++)
        {
            Complex sum = Complex.Zero;
            for (int part = 0; part < _parts.Length; part++)
            {
                sum += _turns[part * bin % _turns.Length] * _parts[part][bin % _parts[part].Length];
            }

            powers[bin] = (sum.Real * sum.Real) + (sum.Imaginary * sum.Imaginary);
        }
    }
}
