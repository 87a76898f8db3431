// SPDX-License-Identifier: MIT
using AudioMesh.Concealment;
using AudioMesh.Testing;

namespace AudioMesh.Tests.Concealment;

internal sealed class LatticeBurgTests
{
    private const int Window = 2048;
    private const int Order = 512;
    private const double SampleRate = 48000;

    /// <summary>What makes single precision explode where the window is not dithered.</summary>
    private static readonly (string Name, Func<int, double> At)[] Tones =
    [
        ("sine", n => Math.Sin(Turn(440) * n)),
        ("low sine", n => Math.Sin(Turn(55) * n)),
        ("quiet sine", n => 1e-4 * Math.Sin(Turn(1000) * n)),
        ("chord", n => Math.Sin(Turn(261.63) * n) + Math.Sin(Turn(329.63) * n) + Math.Sin(Turn(392) * n)),
        ("frequency modulation", n => Math.Sin((Turn(880) * n) + (2 * Math.Sin(Turn(110) * n)))),
        ("square", n => Math.Sign(Math.Sin(Turn(200.1) * n))),
        ("clipped", n => Math.Clamp(3 * Math.Sin(Turn(300) * n), -1, 1)),
        ("decaying", n => Math.Exp(-n / 300.0) * Math.Sin(Turn(700) * n)),
        ("growing", n => Math.Exp((n - Window) / 300.0) * Math.Sin(Turn(700) * n)),
    ];

    private static IEnumerable<string> ToneNames => Tones.Select(tone => tone.Name);

    [TestCaseSource(nameof(ToneNames))]
    public void Goes_on_for_60_ms_without_exploding(string name)
    {
        Func<int, double> tone = Tones.Single(t => t.Name == name).At;
        float[] samples = [.. Enumerable.Range(0, Window).Select(n => (float)tone(n))];
        float[] continued = Continue(samples, Train(samples, Order), 2880);
        Assert.That(continued.Max(Math.Abs) / samples.Max(Math.Abs), Is.LessThan(2));
    }

    [TestCase("sine")]
    [TestCase("low sine")]
    [TestCase("quiet sine")]
    [TestCase("chord")]
    [TestCase("frequency modulation")]
    public void Predicts_128_frames_of_a_steady_tone_within_29_dB(string name)
    {
        Func<int, double> tone = Tones.Single(t => t.Name == name).At;
        float[] samples = [.. Enumerable.Range(0, Window).Select(n => (float)tone(n))];
        float[] continued = Continue(samples, Train(samples, Order), 128);
        double error = continued.Select((x, i) => Math.Pow(x - tone(Window + i), 2)).Sum();
        double power = Enumerable.Range(Window, 128).Sum(n => Math.Pow(tone(n), 2));
        Assert.That(10 * Math.Log10(error / power), Is.LessThan(-29), "dB");
    }

    [Test]
    public void Finds_the_resonances_of_noise_that_was_filtered([Values(1024, 2000, 4096)] int window)
    {
        // x[n] = 1.6 x[n-1] - 0.81 x[n-2] + noise.
        RepeatableRandom random = new(3);
        float[] samples = new float[window];
        for (int n = 2; n < window; n++)
        {
            samples[n] = (1.6f * samples[n - 1]) - (0.81f * samples[n - 2]) + (0.1f * random.NextSample());
        }

        float[] model = Train(samples, 2);
        Assert.That(model[0], Is.EqualTo(1.6).Within(0.05));
        Assert.That(model[1], Is.EqualTo(-0.81).Within(0.05));
    }

    [Test]
    public void Loudness_does_not_change_the_model()
    {
        RepeatableRandom random = new(4);
        float[] samples = new float[Window];
        random.Fill(samples);
        float[] model = Train(samples, Order);
        foreach (float factor in (float[])[1 / 65536f, 1024])
        {
            Assert.That(Train([.. samples.Select(x => x * factor)], Order), Is.EqualTo(model));
        }
    }

    [Test]
    public void Weighs_and_sums_alike_whatever_the_length([Values(2, 63, 64, 65, 127, 1000)] int window)
    {
        RepeatableRandom random = new((ulong)window);
        float[] samples = new float[window];
        random.Fill(samples);
        Assert.That(Train(samples, 1, new float[window])[0], Is.EqualTo(FirstCoefficient(samples)).Within(1e-6));
    }

    [TestCase(0f)]
    [TestCase(5e-7f)]
    [TestCase(float.NaN)]
    public void Makes_no_model_of_silence_and_NaN(float level)
    {
        float[] model = [1, 1];
        float[] samples = [.. Enumerable.Repeat(level, 64)];
        Assert.That(LatticeBurg.Train(samples, new float[64], new float[64], new float[LatticeBurg.WorkLength(64, 2)], model), Is.False);
        Assert.That(model, Is.All.Zero);
    }

    [Test]
    public void Training_allocates_nothing()
    {
        float[] samples = new float[256];
        float[] weights = new float[256];
        float[] dither = new float[256];
        float[] work = new float[LatticeBurg.WorkLength(256, 64)];
        float[] model = new float[64];
        samples.AsSpan().Fill(0.5f);
        LatticeBurg.FillWeights(weights);
        LatticeBurg.FillDither(dither);
        AllocationGate.AssertNone(() => LatticeBurg.Train(samples, weights, dither, work, model), warmup: 20, iterations: 50);
    }

    private static double Turn(double frequency) => 2 * Math.PI * frequency / SampleRate;

    private static float[] Train(float[] samples, int order)
    {
        float[] dither = new float[samples.Length];
        LatticeBurg.FillDither(dither);
        return Train(samples, order, dither);
    }

    private static float[] Train(float[] samples, int order, float[] dither)
    {
        float[] weights = new float[samples.Length];
        float[] model = new float[order];
        LatticeBurg.FillWeights(weights);
        Assert.That(LatticeBurg.Train(samples, weights, dither, new float[LatticeBurg.WorkLength(samples.Length, order)], model));
        return model;
    }

    private static float[] Continue(float[] samples, float[] model, int frames)
    {
        float[] all = [.. samples, .. new float[frames]];
        for (int n = samples.Length; n < all.Length; n++)
        {
            for (int k = 1; k <= model.Length; k++)
            {
                all[n] += model[k - 1] * all[n - k];
            }
        }

        return all[samples.Length..];
    }

    /// <summary>Burg's first reflection coefficient of the weighted window in double precision.</summary>
    private static double FirstCoefficient(float[] samples)
    {
        double product = 0;
        double energy = 0;
        for (int n = 1; n < samples.Length; n++)
        {
            double u = (n + 0.5) / samples.Length;
            double weight = Math.Pow(u, 1.5) * (1 - u);
            product += weight * samples[n] * samples[n - 1];
            energy += weight * ((samples[n] * (double)samples[n]) + (samples[n - 1] * (double)samples[n - 1]));
        }

        return 2 * product / energy;
    }
}
