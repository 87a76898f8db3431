// SPDX-License-Identifier: MIT
using AudioMesh.Dsp;

namespace AudioMesh.Tests.Dsp.Resampling;

internal sealed class ResamplerOracleTests
{
    private const int Frames = 300;

    [Test]
    public void Every_quality_computes_what_its_formula_says(
        [Values(ResamplerQuality.Low, ResamplerQuality.Medium, ResamplerQuality.High, ResamplerQuality.Best)] ResamplerQuality quality,
        [Values(ResamplerPrecision.Single, ResamplerPrecision.Double)] ResamplerPrecision precision,
        [Values(1, 3)] int channels)
    {
        foreach ((int from, int to) in new[] { (44100, 48000), (48000, 44100), (8000, 384000), (96000, 48000), (48000, 11025), (48000, 48000) })
        {
            float[][] inputs = [.. Enumerable.Range(0, channels).Select(channel => Signals.Noise(Frames, channel + 1))];
            float[] output = Convert(new ResamplerOptions { FromRate = from, ToRate = to, Quality = quality, Precision = precision }, inputs);
            for (int channel = 0; channel < channels; channel++)
            {
                AssertAgrees(output, channels, channel, new ResamplerOracle(inputs[channel], quality, (double)to / from, precision), (double)from / to, Bound(precision));
            }
        }
    }

    [Test]
    public void A_ratio_that_may_change_is_as_near(
        [Values(ResamplerPrecision.Single, ResamplerPrecision.Double)] ResamplerPrecision precision,
        [Values(0.9995, 1, 1.0001)] double ratio)
    {
        float[] input = Signals.Noise(Frames);
        ResamplerOptions options = new() { FromRate = 48000, ToRate = 48000, LowestRatio = 0.999, HighestRatio = 1.001, Precision = precision };
        float[] output = Convert(options, [input], ratio);
        AssertAgrees(output, 1, 0, new ResamplerOracle(input, ResamplerQuality.Best, 1, precision), 1 / ratio, Bound(precision));
    }

    /// <summary>An awkward frame is heard within its window and then gone.</summary>
    [Test]
    public void What_is_no_number_leaves_no_trace(
        [Values(float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.MaxValue, 1e-40f)] float awkward, [Values(44100, 8000)] int to)
    {
        float[] input = Signals.Noise(8000);
        float[] expected = Convert(new ResamplerOptions { FromRate = 48000, ToRate = to }, [input]);
        input[2000] = awkward;
        float[] output = Convert(new ResamplerOptions { FromRate = 48000, ToRate = to }, [input]);
        int late = (int)(2800.0 * to / 48000);
        Signals.AssertSame(output.AsSpan(late), expected.AsSpan(late), "afterwards");
        int early = (int)(1200.0 * to / 48000);
        Signals.AssertSame(output.AsSpan(0, early), expected.AsSpan(0, early), "before");
    }

    // Products of float coefficients, summed in vectors, against doubles: 12 and 1 units in the last place of full scale.
    private static double Bound(ResamplerPrecision precision) => precision == ResamplerPrecision.Single ? 12.0 / (1 << 23) : 1.0 / (1 << 23);

    private static void AssertAgrees(float[] output, int channels, int channel, ResamplerOracle oracle, double step, double bound)
    {
        double worst = 0;
        for (int frame = 0; frame < output.Length / channels; frame += 1 + (frame % 17))
        {
            worst = Math.Max(worst, Math.Abs(output[(frame * channels) + channel] - oracle.At(frame * step)));
        }

        Assert.That(worst, Is.LessThan(bound), $"channel {channel}, step {step}");
    }

    private static float[] Convert(ResamplerOptions options, float[][] inputs, double? ratio = null)
    {
        int channels = inputs.Length;
        Resampler resampler = new(new ResamplerFilter(options), channels, skipsLatency: true);
        resampler.Ratio = ratio ?? resampler.Ratio;
        float[] interleaved = new float[inputs[0].Length * channels];
        for (int i = 0; i < interleaved.Length; i++)
        {
            interleaved[i] = inputs[i % channels][i / channels];
        }

        float[] output = new float[((int)(inputs[0].Length * resampler.Ratio) + 10) * channels];
        int made = resampler.Process(interleaved, output, out int consumed);
        Assert.That(consumed, Is.EqualTo(inputs[0].Length));
        made += resampler.Flush(output.AsSpan(made * channels));
        return output[..(made * channels)];
    }
}
