// SPDX-License-Identifier: MIT
namespace AudioMesh.Cli.Eval.Metrics;

/// <summary>Sums of squares.</summary>
internal static class Energy
{
    public static double Of(ReadOnlySpan<float> samples)
    {
        double sum = 0;
        foreach (float sample in samples)
        {
            sum += (double)sample * sample;
        }

        return sum;
    }

    /// <summary>Of the difference.</summary>
    public static double OfError(ReadOnlySpan<float> heard, ReadOnlySpan<float> reference)
    {
        double sum = 0;
        for (int i = 0; i < reference.Length; i++)
        {
            double error = (double)heard[i] - reference[i];
            sum += error * error;
        }

        return sum;
    }
}
