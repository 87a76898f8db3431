// SPDX-License-Identifier: MIT
namespace AudioMesh.RoundTrip;

/// <summary>Noise that no model foretells, with a pulse every tenth of a second: most of it below 5 kHz, so that it may be compared between frames.</summary>
internal static class ProbeSound
{
    /// <summary>Frames from pulse to pulse.</summary>
    public const int Every = Recorded.Rate / 10;

    /// <summary>Where a pulse is highest, behind its begin.</summary>
    public const int PeakAt = 8;

    private const int Smoothing = 6;
    private const double NoisePeak = 0.05;

    public static float[] Make(double seconds)
    {
        float[] sound = new float[(int)(seconds * Recorded.Rate)];
        Random random = new(1);
        double[] noise = [.. Enumerable.Range(0, sound.Length).Select(_ => ((2 * random.NextDouble()) - 1) * NoisePeak)];
        for (int i = 2 * Smoothing; i < sound.Length; i++)
        {
            // Two averages, one of the other: a triangle.
            double sum = 0;
            for (int k = 0; k < (2 * Smoothing) - 1; k++)
            {
                sum += noise[i - k] * (Smoothing - Math.Abs(Smoothing - 1 - k));
            }

            sound[i] = (float)(sum / Math.Pow(Smoothing, 1.5));
        }

        float[] one = Pulse(2 * PeakAt);
        for (int pulse = 0; pulse + one.Length < sound.Length; pulse += Every)
        {
            for (int i = 0; i < one.Length; i++)
            {
                sound[pulse + i] += one[i];
            }
        }

        return sound;
    }

    /// <summary>A pulse alone, in a block of so many frames.</summary>
    public static float[] Pulse(int frames) =>
        [.. Enumerable.Range(0, frames).Select(i => i < 2 * PeakAt ? (float)(0.4 * (1 - Math.Cos(Math.PI * i / PeakAt))) : 0)];
}
