// SPDX-License-Identifier: MIT
using AudioMesh.Resampling.Candidates;
using AudioMesh.Testing;

namespace AudioMesh.Resampling;

/// <summary>
/// What a candidate does to tones, all in dB. <paramref name="ThdN"/> is that of 997 Hz, <paramref name="WorstThdN"/> the worst up to 20 kHz;
/// ripple is the largest deviation of the gain up to 20 kHz. Aliases is the most that is left of a tone where none should be, against
/// full scale: beside tones between 20 kHz and half the input's rate, or of tones that the output's rate cannot carry.
/// </summary>
internal sealed record Quality(double ThdN, double WorstThdN, double RippleDb, double AliasesDb, double ImdDb, double DelayFrames)
{
    private const int Frames = 24000;
    private const double TopHz = 20000;

    public static Quality Measure(Candidate candidate, Conversion conversion, int steps)
    {
        SineFit[] band = [.. Enumerable.Range(0, steps).Select(i => Fit(candidate, conversion, 20 + (i * (TopHz - 20) / (steps - 1))))];
        double top = conversion.From / 2;
        double aliases = Enumerable.Range(1, steps / 4)
            .Select(i => TopHz + (i * (top - TopHz) / ((steps / 4) + 1)))
            .Max(frequency => Leftover(candidate, conversion, frequency));
        return new Quality(
            Fit(candidate, conversion, 997).ResidualDb(),
            band.Max(fit => fit.ResidualDb()),
            band.Max(fit => Math.Abs(Tones.Db(fit.Amplitude() / Tones.LevelOf(1)))),
            aliases,
            Fit(candidate, conversion, 18500, 19500).ResidualDb(),
            Delay(candidate, conversion));
    }

    /// <summary>Where an impulse comes out, in input frames: the centre of gravity of the response.</summary>
    private static double Delay(Candidate candidate, Conversion conversion)
    {
        const int Place = 8192;
        float[] input = new float[4 * Place];
        input[Place] = 1;
        float[] output = candidate.Convert(conversion, input);
        double weight = output.Sum(sample => (double)sample);
        return (output.Select((sample, i) => (double)sample * i).Sum() / weight / conversion.Ratio) - Place;
    }

    private static SineFit Fit(Candidate candidate, Conversion conversion, params double[] frequenciesHz) =>
        new(Steady(candidate, conversion, frequenciesHz), [.. frequenciesHz.Select(frequency => frequency / conversion.To)]);

    private static double Leftover(Candidate candidate, Conversion conversion, double frequency)
    {
        SineFit fit = frequency < conversion.To / 2
            ? Fit(candidate, conversion, frequency)
            : new SineFit(Steady(candidate, conversion, frequency));
        return Tones.Db(fit.ResidualRms * Math.Sqrt(2));
    }

    private static float[] Steady(Candidate candidate, Conversion conversion, params double[] frequenciesHz)
    {
        float[] output = candidate.Convert(conversion, Tones.Make(conversion.From, 2 * Frames, frequenciesHz));
        return output[(output.Length - Frames)..];
    }
}
