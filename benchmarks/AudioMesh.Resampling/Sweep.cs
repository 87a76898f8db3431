// SPDX-License-Identifier: MIT
using AudioMesh.Dsp;
using AudioMesh.Resampling.Candidates;

namespace AudioMesh.Resampling;

/// <summary>
/// A tone while the ratio wanders between -500 and +500 ppm, a new one every 64 frames, compared with the tone at the places that those
/// ratios ask for, as loud as the passband's ripple makes it: what differs is noise, or a click.
/// </summary>
internal static class Sweep
{
    private const int Rate = 48000;
    private const int BlockFrames = 64;
    private const double ToneHz = 997;

    /// <summary>The largest and the root mean square difference, in dB of the tone's level.</summary>
    public static (double PeakDb, double RmsDb) Measure(ResamplerPrecision precision, double seconds)
    {
        Resampler resampler = AudioMeshStream.Make(Conversion.Drift, 1, ResamplerQuality.Best, precision);
        float[] input = Tones.Make(Rate, (int)((seconds + 1) * Rate), ToneHz);
        float[] output = new float[BlockFrames];
        int consumed = 0;
        double place = -resampler.LatencyFrames;
        List<(double Heard, double Sent)> samples = [];
        for (int block = 0; block < seconds * Rate / BlockFrames; block++)
        {
            resampler.Ratio = 1 + (0.0005 * Math.Sin(Math.Tau * block * BlockFrames / Rate));
            int made = resampler.Process(input.AsSpan(consumed), output, out int taken);
            consumed += taken;
            for (int i = 0; i < made; i++, place += 1 / resampler.Ratio)
            {
                double cycles = ToneHz / Rate * place;
                if (place > resampler.LatencyFrames)
                {
                    samples.Add((output[i], Tones.LevelOf(1) * Math.Sin(Math.Tau * (cycles - Math.Floor(cycles)))));
                }
            }
        }

        double gain = samples.Sum(sample => sample.Heard * sample.Sent) / samples.Sum(sample => sample.Sent * sample.Sent);
        double[] errors = [.. samples.Select(sample => sample.Heard - (gain * sample.Sent))];
        return (Tones.Db(errors.Max(Math.Abs) / Tones.LevelOf(1)), Tones.Db(Math.Sqrt(2 * errors.Average(error => error * error)) / Tones.LevelOf(1)));
    }
}
