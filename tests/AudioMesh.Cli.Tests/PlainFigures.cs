// SPDX-License-Identifier: MIT
namespace AudioMesh.Cli.Tests;

/// <summary>The figures of streams once more, as their formulae are written and as slow as that is; at 48 kHz.</summary>
internal static class PlainFigures
{
    /// <summary>Runs of packets that are all silence.</summary>
    public static (int Begin, int End)[] GapsOf(float[] lossy, int packetFrames)
    {
        List<(int Begin, int End)> gaps = [];
        for (int begin = 0; begin + packetFrames <= lossy.Length; begin += packetFrames)
        {
            bool isSilent = !lossy.AsSpan(begin, packetFrames).ContainsAnyExcept(0f);
            if (isSilent && gaps.Count > 0 && gaps[^1].End == begin)
            {
                gaps[^1] = (gaps[^1].Begin, begin + packetFrames);
            }
            else if (isSilent)
            {
                gaps.Add((begin, begin + packetFrames));
            }
        }

        return [.. gaps];
    }

    public static double Error(float[] heard, float[] reference, int begin, int end) =>
        Enumerable.Range(begin, end - begin).Sum(n => Math.Pow((double)heard[n] - reference[n], 2));

    public static double GapDb(float[] heard, float[] reference, (int Begin, int End) gap)
    {
        double energy = Enumerable.Range(gap.Begin, gap.End - gap.Begin).Sum(n => (double)reference[n] * reference[n]);
        return Math.Clamp(10 * Math.Log10(Error(heard, reference, gap.Begin, gap.End) / energy), -40, 6);
    }

    public static double LogSpectralDistance(float[] heard, float[] reference, (int Begin, int End)[] gaps)
    {
        List<double> distances = [];
        for (int first = 0; first + 1024 <= reference.Length; first += 256)
        {
            if (gaps.Any(gap => first < gap.End + 512 && first + 1024 > gap.Begin))
            {
                double[] x = Magnitudes(reference, first, 1024);
                double[] y = Magnitudes(heard, first, 1024);
                distances.Add(Math.Sqrt(x.Zip(y, (a, b) => Math.Pow(10 * Math.Log10(((a * a) + 1e-6) / ((b * b) + 1e-6)), 2)).Average()));
            }
        }

        return distances.Average();
    }

    public static double MelConvergence(float[] heard, float[] reference)
    {
        double error = 0;
        double energy = 0;
        for (int frame = 0; frame * 384 <= reference.Length; frame++)
        {
            double[] x = Mel(Magnitudes(reference, (frame * 384) - 384, 768));
            double[] y = Mel(Magnitudes(heard, (frame * 384) - 384, 768));
            error += x.Zip(y, (a, b) => (a - b) * (a - b)).Sum();
            energy += x.Sum(a => a * a);
        }

        return Math.Sqrt(error / energy);
    }

    private static double[] Mel(double[] magnitudes)
    {
        double[] hz = [.. Enumerable.Range(0, 66).Select(corner => Hz(corner * Mels(24_000) / 65))];
        return [.. Enumerable.Range(1, 64).Select(band => magnitudes
            .Select((magnitude, bin) => magnitude * Triangle(bin * 48_000.0 / 768, hz[band - 1], hz[band], hz[band + 1])).Sum())];
    }

    private static double Triangle(double hz, double low, double peak, double high) =>
        2 / (high - low) * Math.Max(0, hz <= peak ? (hz - low) / (peak - low) : (high - hz) / (high - peak));

    private static double Mels(double hz) => hz < 1000 ? 3 * hz / 200 : 15 + (27 * Math.Log(hz / 1000) / Math.Log(6.4));

    private static double Hz(double mels) => mels < 15 ? 200 * mels / 3 : 1000 * Math.Pow(6.4, (mels - 15) / 27);

    private static double[] Magnitudes(float[] samples, int first, int frames)
    {
        double[] windowed = [.. Enumerable.Range(0, frames).Select(n => (uint)(first + n) < (uint)samples.Length
            ? samples[first + n] * (0.5 - (0.5 * Math.Cos(2 * Math.PI * n / frames)))
            : 0)];
        double[] cosines = [.. Enumerable.Range(0, frames).Select(n => Math.Cos(2 * Math.PI * n / frames))];
        return [.. Enumerable.Range(0, (frames / 2) + 1).Select(bin =>
        {
            double re = 0;
            double im = 0;
            for (int n = 0; n < frames; n++)
            {
                re += windowed[n] * cosines[n * bin % frames];
                im += windowed[n] * cosines[((n * bin) + (frames / 4)) % frames];
            }

            return Math.Sqrt((re * re) + (im * im));
        })];
    }
}
