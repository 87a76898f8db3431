// SPDX-License-Identifier: MIT
using AudioMesh.Dsp;

namespace AudioMesh.Tests.Dsp;

internal sealed class MeterTests
{
    [Test]
    public void Peak_equals_the_oracle_for_every_length()
    {
        float[] samples = Signals.Noise(1024);
        using GuardedSpans<float> spans = new(1024);
        float expected = 0;
        for (int count = 0; count <= samples.Length; count++)
        {
            Assert.That(Peak.Measure(spans.LastHolding(samples.AsSpan(0, count))), Is.EqualTo(expected), $"length {count}");
            expected = count < samples.Length ? Math.Max(expected, Math.Abs(samples[count])) : expected;
        }
    }

    [Test]
    public void Peak_finds_one_sample_wherever_it_is()
    {
        for (int at = 0; at < 100; at++)
        {
            float[] samples = new float[100];
            samples[at] = -0.75f;
            Assert.That(Peak.Measure(samples), Is.EqualTo(0.75f), $"at {at}");
        }
    }

    [Test]
    public void Peak_passes_over_NaN_and_reports_infinity()
    {
        float[] samples = new float[40];
        Array.Fill(samples, float.NaN);
        Assert.That(Peak.Measure(samples), Is.Zero);
        samples[7] = 0.5f;
        samples[39] = 0.25f;
        Assert.That(Peak.Measure(samples), Is.EqualTo(0.5f));
        samples[20] = float.NegativeInfinity;
        Assert.That(Peak.Measure(samples), Is.EqualTo(float.PositiveInfinity));
    }

    [Test]
    public void Rms_equals_the_oracle_bit_for_bit_for_every_length()
    {
        float[] samples = Signals.Noise(1024);
        using GuardedSpans<float> spans = new(1024);
        Assert.That(Rms.Measure([]), Is.Zero);
        for (int count = 1; count <= samples.Length; count++)
        {
            double[] sums = new double[16];
            for (int i = 0; i < count; i++)
            {
                sums[i % 16] += (double)samples[i] * samples[i];
            }

            for (int apart = 8; apart > 0; apart /= 2)
            {
                for (int i = 0; i < apart; i++)
                {
                    sums[i] += sums[i + apart];
                }
            }

            Span<float> measured = spans.LastHolding(samples.AsSpan(0, count));
            Assert.That(Rms.Measure(measured), Is.EqualTo((float)Math.Sqrt(sums[0] / count)), $"length {count}");
        }
    }

    [Test]
    public void Rms_takes_NaN_as_zero_and_does_not_overflow()
    {
        float[] samples = new float[33];
        Array.Fill(samples, float.NaN);
        Assert.That(Rms.Measure(samples), Is.Zero);
        Array.Fill(samples, float.MaxValue);
        Assert.That(Rms.Measure(samples), Is.EqualTo(float.MaxValue));
    }

    [Test]
    public void Silence_is_zero_of_either_sign_and_nothing_else()
    {
        for (int count = 0; count <= 70; count++)
        {
            float[] samples = new float[count];
            Array.Fill(samples, -0f);
            Assert.That(Silence.IsSilent(samples), $"length {count}");
            for (int at = 0; at < count; at++)
            {
                samples[at] = float.Epsilon;
                Assert.That(Silence.IsSilent(samples), Is.False, $"length {count}, at {at}");
                samples[at] = 0;
            }
        }
    }

    [Test]
    public void Clear_leaves_positive_zeros()
    {
        float[] samples = Signals.Wild(77);
        Silence.Clear(samples);
        Assert.That(samples, Has.All.Matches<float>(sample => BitConverter.SingleToInt32Bits(sample) == 0));
    }
}
