// SPDX-License-Identifier: MIT
using AudioMesh.Dsp;
using AudioMesh.Testing;

namespace AudioMesh.Tests.Dsp.Resampling;

internal sealed class ResamplerQualityTests
{
    private const int Frames = 9600;

    [Test]
    public void The_best_keeps_tones_pure_and_level(
        [Values(ResamplerPrecision.Single, ResamplerPrecision.Double)] ResamplerPrecision precision,
        [Values(997, 10007, 19993)] double frequency,
        [Values] bool drifts)
    {
        ResamplerOptions options = drifts
            ? new() { FromRate = 48000, ToRate = 48000, LowestRatio = 0.999, HighestRatio = 1.001, Precision = precision }
            : new() { FromRate = 44100, ToRate = 48000, Precision = precision };
        double ratio = drifts ? 1.0001 : 48000.0 / 44100;
        float[] output = Resample(options, Tone(frequency / options.FromRate), ratio);
        SineFit fit = new(output, frequency / options.FromRate / ratio);
        Assert.That(fit.ResidualDb(), Is.LessThan(precision == ResamplerPrecision.Double ? -145 : -136));
        Assert.That(20 * Math.Log10(fit.Amplitude() / 0.9), Is.Zero.Within(0.006), "dB");
    }

    [Test]
    public void Between_two_clocks_of_a_rate_sixteen_frames_keep_tones_pure([Values(997, 10007, 17500)] double frequency, [Values(0.9997, 1.0003)] double ratio)
    {
        ResamplerOptions options = new() { FromRate = 48000, ToRate = 48000, LowestRatio = 0.999, HighestRatio = 1.001, Quality = ResamplerQuality.Drift };
        SineFit fit = new(Resample(options, Tone(frequency / 48000), ratio), frequency / 48000 / ratio);
        Assert.That(fit.ResidualDb(), Is.LessThan(-118));
        Assert.That(20 * Math.Log10(fit.Amplitude() / 0.9), Is.Zero.Within(0.0001), "dB");
        Assert.That(new ResamplerFilter(options).LatencyFrames, Is.EqualTo(16));
    }

    [Test]
    public void Up_to_the_end_of_its_passband_a_quality_is_level_at_every_ratio(
        [Values(ResamplerQuality.Low, ResamplerQuality.Medium, ResamplerQuality.High, ResamplerQuality.Best)] ResamplerQuality quality,
        [Values] ResamplerPrecision precision,
        [Values(24000, 24001, 30011, 36000, 44100, 47999, 96000)] int to,
        [Values(0.03, 0.51, 0.9, 1)] double part)
    {
        ResamplerOptions options = new() { FromRate = 48000, ToRate = to, Quality = quality, Precision = precision };
        double frequency = part * new ResamplerFilter(options).PassbandHz;
        SineFit fit = new(Resample(options, Tone(frequency / 48000)), frequency / to);
        Assert.That(20 * Math.Log10(fit.Amplitude() / 0.9), Is.Zero.Within(0.01), "dB");
    }

    [TestCase(44100, 48000, 20900, ResamplerQuality.Best, -135)]
    [TestCase(44100, 48000, 21900, ResamplerQuality.Best, -135)]
    [TestCase(44100, 48000, 21900, ResamplerQuality.High, -115)]
    [TestCase(48000, 8000, 3950, ResamplerQuality.Medium, -92)]
    public void Beside_a_tone_there_is_nothing(int from, int to, double frequency, ResamplerQuality quality, double mostDb)
    {
        float[] output = Resample(new() { FromRate = from, ToRate = to, Quality = quality }, Tone(frequency / from));
        Assert.That(20 * Math.Log10(new SineFit(output, frequency / to).ResidualRms * Math.Sqrt(2)), Is.LessThan(mostDb));
    }

    [TestCase(48000, 44100, 22100, ResamplerQuality.Best, -135)]
    [TestCase(48000, 8000, 4010, ResamplerQuality.Best, -135)]
    [TestCase(48000, 8000, 21000, ResamplerQuality.Low, -75)]
    [TestCase(384000, 8000, 4100, ResamplerQuality.High, -115)]
    public void What_the_lower_rate_cannot_carry_is_gone(int from, int to, double frequency, ResamplerQuality quality, double mostDb)
    {
        float[] output = Resample(new() { FromRate = from, ToRate = to, Quality = quality }, Tone(frequency / from));
        Assert.That(20 * Math.Log10(new SineFit(output).ResidualRms * Math.Sqrt(2)), Is.LessThan(mostDb));
    }

    [Test]
    public void An_impulse_comes_as_late_as_reported([Values] ResamplerQuality quality, [Values(44100, 48000, 16000)] int to, [Values] bool skipsLatency)
    {
        const int Place = 4800;
        int rate = quality is ResamplerQuality.Linear or ResamplerQuality.Drift ? 48000 : to;
        Resampler resampler = new(new ResamplerFilter(new() { FromRate = 48000, ToRate = rate, Quality = quality }), 1, skipsLatency);
        float[] input = new float[3 * Place];
        input[Place] = 1;
        float[] output = new float[input.Length];
        int made = resampler.Process(input, output, out _);
        double weight = 0, moment = 0;
        for (int i = 0; i < made; i++)
        {
            weight += output[i];
            moment += (double)output[i] * i;
        }

        double delay = (moment / weight * 48000 / rate) - Place;
        Assert.That(delay, Is.EqualTo(skipsLatency ? 0 : resampler.LatencyFrames).Within(0.01));
    }

    [Test]
    public void A_constant_stays_what_it_is(
        [Values(ResamplerQuality.Linear, ResamplerQuality.Low, ResamplerQuality.Medium, ResamplerQuality.High, ResamplerQuality.Best)] ResamplerQuality quality, [Values(48000, 44100, 8000, 192000)] int to)
    {
        float[] input = new float[20000];
        Array.Fill(input, 0.7f);
        float[] output = Resample(new() { FromRate = 44100, ToRate = to, Quality = quality }, input);
        Assert.That(output, Is.All.EqualTo(0.7f).Within(quality == ResamplerQuality.Low ? 1e-6f : 5e-7f));
    }

    [Test]
    public void A_ratio_that_wanders_within_500_ppm_clicks_nowhere([Values] ResamplerPrecision precision)
    {
        ResamplerOptions options = new() { FromRate = 48000, ToRate = 48000, LowestRatio = 0.999, HighestRatio = 1.001, Precision = precision };
        double worst = WorstErrorWhileRatioMoves(options, 997.0 / 48000, block => 1 + (0.0005 * Math.Sin(block * 0.01)), 1500);
        Assert.That(20 * Math.Log10(worst), Is.LessThan(precision == ResamplerPrecision.Double ? -135 : -122));
    }

    [Test]
    public void A_ratio_between_a_tenth_and_ten_clicks_nowhere()
    {
        ResamplerOptions options = new() { FromRate = 48000, ToRate = 48000, LowestRatio = 0.1, HighestRatio = 10 };
        double worst = WorstErrorWhileRatioMoves(options, 400.0 / 48000, block => Math.Pow(10, Math.Sin(block * 0.02)), 1500);
        Assert.That(20 * Math.Log10(worst), Is.LessThan(-115));
    }

    /// <summary>Where the filter changes with the ratio, a tone that only one of two filters lets through fades.</summary>
    [Test]
    public void Filters_take_turns_without_a_step()
    {
        Resampler resampler = new(new ResamplerFilter(new() { FromRate = 48000, ToRate = 48000, LowestRatio = 0.25, HighestRatio = 1 }), 1);
        float[] input = Tone(11000.0 / 48000);
        float[] output = new float[8000];
        int made = resampler.Process(input.AsSpan(0, 4000), output, out _);
        resampler.Ratio = 0.4;
        made += resampler.Process(input.AsSpan(4000), output.AsSpan(made), out _);
        double loudest = 0;
        for (int i = made - 1000; i < made; i++)
        {
            loudest = Math.Max(loudest, Math.Abs(output[i]));
        }

        Assert.That(20 * Math.Log10(loudest), Is.LessThan(-130), "gone in the end");
        Assert.That(output[3990..4070].Max(Math.Abs), Is.GreaterThan(0.3), "not cut off at once");
    }

    [Test]
    public void Positions_do_not_drift_in_hours()
    {
        const int Times = 700;
        Resampler resampler = new(new ResamplerFilter(new() { FromRate = 767999, ToRate = 8009, Quality = ResamplerQuality.Linear }), 1);
        float[] input = new float[767999];
        float[] output = new float[8010];
        for (int second = 0; second < Times; second++)
        {
            Assert.That(resampler.Process(input, output, out int consumed), Is.EqualTo(8009), $"{second}");
            Assert.That(consumed + resampler.InputFramesFor(1), Is.GreaterThan(input.Length).And.LessThanOrEqualTo(input.Length + 1));
        }
    }

    [Test]
    public void Two_parts_per_billion_are_what_they_are()
    {
        const double Ratio = 1 + 2e-9;
        const int Block = 10000;
        Resampler resampler = new(
            new ResamplerFilter(new() { FromRate = 48000, ToRate = 48000, LowestRatio = 0.999, HighestRatio = 1.001, Quality = ResamplerQuality.Linear }), 1)
        {
            Ratio = Ratio,
        };
        float[] input = [.. Enumerable.Range(0, Block).Select(i => (float)(i & 1))];
        float[] output = new float[Block];
        float last = 0;
        long made = 0;
        int at = 0;
        while (made < 50_000_000)
        {
            int block = resampler.Process(input.AsSpan(at), output, out int consumed);
            Assert.That(block, Is.GreaterThanOrEqualTo(Block - 2));
            made += block;
            at = (at + consumed) % 2;
            last = output[block - 1];
        }

        // A tenth of a frame behind where it would be at a ratio of 1: between a 1 and a 0, or the other way round.
        double place = ((made - 1) / Ratio) - 1;
        double fraction = place - Math.Floor(place);
        Assert.That(last, Is.EqualTo((long)Math.Floor(place) % 2 == 1 ? 1 - fraction : fraction).Within(1e-6));
        Assert.That(fraction, Is.EqualTo(0.9).Within(0.001));
    }

    /// <summary>Beside the tone as loud as it came through.</summary>
    private static double WorstErrorWhileRatioMoves(ResamplerOptions options, double frequency, Func<int, double> ratioOf, int blocks)
    {
        Resampler resampler = new(new ResamplerFilter(options), 1);
        float[] output = new float[64];
        double place = -resampler.LatencyFrames;
        List<(float Heard, double Sent)> samples = [];
        long at = 0;
        for (int block = 0; block < blocks; block++)
        {
            resampler.Ratio = ratioOf(block);
            float[] input = Tone(frequency, resampler.InputFramesFor(output.Length), at);
            Assert.That(resampler.Process(input, output, out int consumed), Is.EqualTo(output.Length));
            at += consumed;
            foreach (float sample in output)
            {
                if (place >= resampler.LatencyFrames)
                {
                    samples.Add((sample, Sine(frequency, place)));
                }

                place += 1 / resampler.Ratio;
            }
        }

        double gain = samples.Sum(sample => sample.Heard * sample.Sent) / samples.Sum(sample => sample.Sent * sample.Sent);
        return samples.Max(sample => Math.Abs(sample.Heard - (gain * sample.Sent)));
    }

    private static float[] Resample(ResamplerOptions options, float[] input, double? ratio = null)
    {
        Resampler resampler = new(new ResamplerFilter(options), 1);
        resampler.Ratio = ratio ?? resampler.Ratio;
        float[] output = new float[(int)(input.Length * resampler.Ratio) + 10];
        int made = resampler.Process(input, output, out _);
        int settled = (int)(2 * resampler.LatencyFrames * resampler.Ratio) + 2;
        return output[settled..made];
    }

    private static float[] Tone(double frequency, int frames = Frames, long from = 0) =>
        [.. Enumerable.Range(0, frames).Select(i => (float)Sine(frequency, from + i))];

    private static double Sine(double frequency, double place)
    {
        double cycles = frequency * place;
        return 0.9 * Math.Sin(Math.Tau * (cycles - Math.Floor(cycles)));
    }
}
