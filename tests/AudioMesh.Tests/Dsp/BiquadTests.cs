// SPDX-License-Identifier: MIT
using System.Numerics;
using AudioMesh.Dsp;

namespace AudioMesh.Tests.Dsp;

internal sealed unsafe class BiquadTests
{
    private const double Rate = 48000;
    private const double Flat = 0.70710678118654752;

    [Test]
    public void Every_length_equals_the_oracle()
    {
        BiquadCoefficients filter = BiquadCoefficients.Peaking(1000, 1.3, 6, Rate);
        float[] noise = Signals.Noise(1024);
        using GuardedSpans<float> spans = new(1024);
        for (int count = 0; count <= 1024; count++)
        {
            Biquad biquad = new(1) { Coefficients = filter };
            Span<float> actual = spans.LastHolding(noise.AsSpan(0, count));
            biquad.Process(0, actual);
            Signals.AssertSame(actual, Oracle(filter, noise.AsSpan(0, count)), $"length {count}");
        }
    }

    [Test]
    public void Channels_come_out_the_same_together_and_alone([Values(1, 3, 4, 7, 8)] int channels)
    {
        BiquadCoefficients filter = BiquadCoefficients.LowShelf(200, Flat, -9, Rate);
        float** pointers = stackalloc float*[8];
        for (int frames = 0; frames <= 300; frames++)
        {
            Biquad together = new(channels) { Coefficients = filter };
            Biquad alone = new(channels) { Coefficients = filter };
            float[] expected = Signals.Wild(channels * frames);
            float[] actual = [.. expected];
            fixed (float* start = actual)
            {
                for (int channel = 0; channel < channels; channel++)
                {
                    pointers[channel] = start + (channel * frames);
                    alone.Process(channel, expected.AsSpan(channel * frames, frames));
                }

                together.Process(pointers, frames);
            }

            Signals.AssertSame(actual, expected, $"{frames} frames");
        }
    }

    [Test]
    public void Passes_and_notches_have_the_gains_that_they_are_named_for()
    {
        AssertGain(BiquadCoefficients.LowPass(1000, Flat, Rate), (20, 0), (1000, -3.0103), (10000, -42.74));
        AssertGain(BiquadCoefficients.HighPass(1000, Flat, Rate), (20000, 0), (1000, -3.0103), (100, -40));
        AssertGain(BiquadCoefficients.BandPass(1000, 2, Rate), (1000, 0), (780.8, -3.01), (1280.8, -3.01));
        AssertGain(BiquadCoefficients.Notch(1000, 2, Rate), (20, 0), (20000, 0), (780.8, -3.01));
        Assert.That(Magnitude(BiquadCoefficients.Notch(1000, 2, Rate), 1000), Is.LessThan(1e-6));
    }

    [Test]
    public void Bells_and_shelves_have_the_gains_that_they_are_named_for([Values(-12, 6)] double gain)
    {
        AssertGain(BiquadCoefficients.Peaking(1000, 1, gain, Rate), (1000, gain), (10, 0), (23900, 0));
        AssertGain(BiquadCoefficients.LowShelf(1000, Flat, gain, Rate), (10, gain), (1000, gain / 2), (23000, 0));
        AssertGain(BiquadCoefficients.HighShelf(1000, Flat, gain, Rate), (10, 0), (1000, gain / 2), (23000, gain));
        BiquadCoefficients nothing = BiquadCoefficients.Peaking(1000, 1, 0, Rate);
        Assert.That(nothing, Is.EqualTo(new BiquadCoefficients(1, nothing.A1, nothing.A2, nothing.A1, nothing.A2)));
    }

    [Test]
    public void A_measured_tone_has_the_gain_of_the_formula()
    {
        BiquadCoefficients filter = BiquadCoefficients.HighShelf(3000, Flat, 7, Rate);
        Biquad biquad = new(1) { Coefficients = filter };
        float[] tone = new float[48000];
        for (int i = 0; i < tone.Length; i++)
        {
            tone[i] = 0.1f * (float)Math.Sin(Math.Tau * 5000 * i / Rate);
        }

        double before = Rms.Measure(tone.AsSpan(24000));
        biquad.Process(0, tone);
        Assert.That(Rms.Measure(tone.AsSpan(24000)) / before, Is.EqualTo(Magnitude(filter, 5000)).Within(1e-5));
    }

    [Test]
    public void A_sound_that_ended_becomes_silence_and_not_denormals()
    {
        Biquad biquad = new(1) { Coefficients = BiquadCoefficients.LowPass(300, Flat, Rate) };
        float[] samples = new float[48000];
        samples[0] = 1;
        biquad.Process(0, samples);
        int denormals = samples.Count(sample => sample != 0 && !float.IsNormal(sample));
        Assert.That(denormals, Is.LessThanOrEqualTo(128));
        Assert.That(samples.AsSpan(12000).ToArray(), Has.All.Zero);
    }

    [Test]
    public void NaN_is_got_over()
    {
        Biquad biquad = new(1) { Coefficients = BiquadCoefficients.LowPass(300, Flat, Rate) };
        float[] samples = Signals.Noise(512);
        samples[10] = float.NaN;
        samples[11] = float.PositiveInfinity;
        biquad.Process(0, samples);
        Assert.That(samples.AsSpan(128).ToArray(), Has.None.NaN);
        Assert.That(samples[500], Is.Not.Zero);
    }

    [Test]
    public void A_channel_that_is_not_there_is_left_alone()
    {
        Biquad biquad = new(2) { Coefficients = BiquadCoefficients.LowPass(300, Flat, Rate) };
        float[] samples = [1, 2, 3];
        biquad.Process(2, samples);
        biquad.Process(-1, samples);
        Assert.That(samples, Is.EqualTo(new float[] { 1, 2, 3 }));
        Assert.That(() => new Biquad(0), Throws.TypeOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void Frequencies_out_of_range_make_filters_that_are_stable()
    {
        foreach (double frequency in (double[])[-5, 0, 1e-9, 24000, 1e9])
        {
            Biquad biquad = new(1) { Coefficients = BiquadCoefficients.HighPass(frequency, 0, Rate) };
            float[] samples = Signals.Noise(10000);
            biquad.Process(0, samples);
            Assert.That(Peak.Measure(samples), Is.LessThan(100), $"{frequency} Hz");
        }
    }

    private static float[] Oracle(BiquadCoefficients filter, ReadOnlySpan<float> samples)
    {
        float[] filtered = new float[samples.Length];
        double first = 0, second = 0;
        for (int i = 0; i < samples.Length; i++)
        {
            double x = samples[i];
            double y = (filter.B0 * x) + first;
            first = (filter.B1 * x) - (filter.A1 * y) + second;
            second = (filter.B2 * x) - (filter.A2 * y);
            filtered[i] = (float)y;
        }

        return filtered;
    }

    private static void AssertGain(BiquadCoefficients filter, params (double Frequency, double Db)[] points)
    {
        foreach ((double frequency, double db) in points)
        {
            Assert.That(20 * Math.Log10(Magnitude(filter, frequency)), Is.EqualTo(db).Within(0.15), $"{frequency} Hz");
        }
    }

    private static double Magnitude(BiquadCoefficients filter, double frequency)
    {
        Complex z = Complex.FromPolarCoordinates(1, -Math.Tau * frequency / Rate);
        return ((filter.B0 + (z * (filter.B1 + (z * filter.B2)))) / (1 + (z * (filter.A1 + (z * filter.A2))))).Magnitude;
    }
}
