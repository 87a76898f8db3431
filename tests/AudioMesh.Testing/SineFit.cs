// SPDX-License-Identifier: MIT
namespace AudioMesh.Testing;

/// <summary>
/// Least squares of a constant and sines of known frequency to a signal (IEEE 1057's fit of known frequency, for any number of
/// tones). What is left over is noise and distortion.
/// </summary>
public sealed class SineFit
{
    private readonly double[] _solution;

    /// <summary>Fits <paramref name="frequencies"/>, in cycles per sample, to <paramref name="samples"/>.</summary>
    public SineFit(ReadOnlySpan<float> samples, params ReadOnlySpan<double> frequencies)
    {
        int unknowns = 1 + (2 * frequencies.Length);
        double[,] matrix = new double[unknowns, unknowns + 1];
        double[] basis = new double[unknowns];
        for (int i = 0; i < samples.Length; i++)
        {
            Evaluate(basis, frequencies, i);
            for (int row = 0; row < unknowns; row++)
            {
                for (int column = row; column < unknowns; column++)
                {
                    matrix[row, column] += basis[row] * basis[column];
                }

                matrix[row, unknowns] += basis[row] * samples[i];
            }
        }

        _solution = Solve(matrix, unknowns);
        ResidualRms = Residual(samples, frequencies);
    }

    /// <summary>Root mean square of what is neither constant nor any of the tones.</summary>
    public double ResidualRms { get; }

    /// <summary>Amplitude of the tone of that index.</summary>
    public double Amplitude(int tone = 0) => Math.Sqrt(Math.Pow(_solution[1 + (2 * tone)], 2) + Math.Pow(_solution[2 + (2 * tone)], 2));

    /// <summary>The residual against the rms of all tones, in dB.</summary>
    public double ResidualDb()
    {
        double power = 0;
        for (int tone = 0; tone < (_solution.Length - 1) / 2; tone++)
        {
            power += Math.Pow(Amplitude(tone), 2) / 2;
        }

        return 20 * Math.Log10(ResidualRms / Math.Sqrt(power));
    }

    private double Residual(ReadOnlySpan<float> samples, ReadOnlySpan<double> frequencies)
    {
        double[] basis = new double[_solution.Length];
        double left = 0;
        for (int i = 0; i < samples.Length; i++)
        {
            Evaluate(basis, frequencies, i);
            double rest = samples[i];
            for (int k = 0; k < basis.Length; k++)
            {
                rest -= _solution[k] * basis[k];
            }

            left += rest * rest;
        }

        return Math.Sqrt(left / samples.Length);
    }

    private static void Evaluate(double[] basis, ReadOnlySpan<double> frequencies, int sample)
    {
        basis[0] = 1;
        for (int tone = 0; tone < frequencies.Length; tone++)
        {
            // Whole cycles are taken away first, so that the phase stays exact.
            double cycles = frequencies[tone] * sample;
            (basis[1 + (2 * tone)], basis[2 + (2 * tone)]) = Math.SinCos(Math.Tau * (cycles - Math.Floor(cycles)));
        }
    }

    /// <summary>Gaussian elimination of the upper half of a symmetric, positive matrix with its right side as last column.</summary>
    private static double[] Solve(double[,] matrix, int unknowns)
    {
        for (int pivot = 0; pivot < unknowns; pivot++)
        {
            for (int row = pivot + 1; row < unknowns; row++)
            {
                double factor = matrix[pivot, row] / matrix[pivot, pivot];
                for (int column = row; column <= unknowns; column++)
                {
                    matrix[row, column] -= factor * matrix[pivot, column];
                }
            }
        }

        double[] solution = new double[unknowns];
        for (int row = unknowns - 1; row >= 0; row--)
        {
            double value = matrix[row, unknowns];
            for (int column = row + 1; column < unknowns; column++)
            {
                value -= matrix[row, column] * solution[column];
            }

            solution[row] = value / matrix[row, row];
        }

        return solution;
    }
}
