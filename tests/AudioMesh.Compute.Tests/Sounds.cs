// SPDX-License-Identifier: MIT
using AudioMesh.Testing;

namespace AudioMesh.Compute.Tests;

internal static class Sounds
{
    private const double SampleRate = 48000;

    /// <summary>A plucked string: decaying partials, a little sharp, and noise 60 dB below.</summary>
    public static void Plucked(Span<float> samples, double frequency, ref RepeatableRandom random)
    {
        for (int n = 0; n < samples.Length; n++)
        {
            double sum = 0;
            for (int partial = 1; partial <= 12; partial++)
            {
                double sharp = partial * frequency * Math.Sqrt(1 + (0.0002 * partial * partial));
                sum += Math.Exp(-n * partial / 40000.0) / partial * Math.Sin((2 * Math.PI * sharp * n / SampleRate) + partial);
            }

            samples[n] = (float)(0.3 * sum) + (0.0003f * random.NextSample());
        }
    }
}
