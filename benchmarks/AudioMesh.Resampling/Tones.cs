// SPDX-License-Identifier: MIT
namespace AudioMesh.Resampling;

/// <summary>Test signals: sums of sines at -1 dBFS.</summary>
internal static class Tones
{
    private const double Level = 0.891250938;

    public static float[] Make(double rate, int frames, params double[] frequenciesHz)
    {
        float[] samples = new float[frames];
        for (int i = 0; i < frames; i++)
        {
            double sum = 0;
            foreach (double frequency in frequenciesHz)
            {
                double cycles = frequency / rate * i;
                sum += Math.Sin(Math.Tau * (cycles - Math.Floor(cycles)));
            }

            samples[i] = (float)(Level / frequenciesHz.Length * sum);
        }

        return samples;
    }

    public static double Db(double ratio) => 20 * Math.Log10(ratio);

    public static double LevelOf(int tones) => Level / tones;
}
