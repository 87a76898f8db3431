// SPDX-License-Identifier: MIT
using AudioMesh.Dsp;

namespace AudioMesh.Tests.Dsp;

internal sealed class PowerRampTests
{
    [TestCase(0f, 1f)]
    [TestCase(1f, 0f)]
    [TestCase(0.25f, 0.75f)]
    [TestCase(0.7f, 0.7f)]
    public void Ramp_equals_the_scalar_curve_for_every_length(float from, float to)
    {
        float[] wild = Signals.Wild(1024);
        float[] target = Signals.Wild(1024, seed: 2);
        using GuardedSpans<float> sources = new(1024), destinations = new(1024);
        for (int count = 0; count <= 1024; count++)
        {
            float[] scaled = new float[count];
            float[] added = new float[count];
            for (int i = 0; i < count; i++)
            {
                float gain = Gain(from, to, i, count);
                scaled[i] = wild[i] * gain;
                added[i] = target[i] + (wild[i] * gain);
            }

            Span<float> source = sources.LastHolding(wild.AsSpan(0, count));
            Span<float> destination = destinations.LastHolding(target.AsSpan(0, count));
            PowerRamp.AddRamped(source, from, to, destination);
            Signals.AssertSame(destination, added, $"added, length {count}");
            PowerRamp.Apply(source, from, to);
            Signals.AssertSame(source, scaled, $"in place, length {count}");
        }
    }

    [Test]
    public void Two_that_cross_keep_their_power()
    {
        float[] rising = new float[777];
        float[] falling = new float[777];
        Array.Fill(rising, 1f);
        Array.Fill(falling, 1f);
        PowerRamp.Apply(rising, 0, 1);
        PowerRamp.Apply(falling, 1, 0);
        for (int i = 0; i < rising.Length; i++)
        {
            Assert.That(((double)rising[i] * rising[i]) + ((double)falling[i] * falling[i]), Is.EqualTo(1).Within(3e-7), $"sample {i}");
        }
    }

    [Test]
    public void The_first_sample_has_exactly_the_gain_it_comes_from()
    {
        float[] gains = Signals.Noise(1000);
        foreach (float gain in gains)
        {
            float[] samples = [1f, 1f, 1f];
            PowerRamp.Apply(samples, Math.Abs(gain), 0.5f);
            Assert.That(samples[0], Is.EqualTo(Math.Abs(gain)));
        }
    }

    [Test]
    public void Blocks_that_meet_on_the_curve_continue_it()
    {
        float[] whole = new float[200];
        float[] halves = new float[200];
        Array.Fill(whole, 1f);
        Array.Fill(halves, 1f);
        PowerRamp.Apply(whole, 0, 1);
        PowerRamp.Apply(halves.AsSpan(0, 100), 0, MathF.Sqrt(0.5f));
        PowerRamp.Apply(halves.AsSpan(100), MathF.Sqrt(0.5f), 1);
        Assert.That(halves, Is.EqualTo(whole).Within(2e-7f));
    }

    private static float Gain(float from, float to, int index, int count)
    {
        float step = ((to * to) - (from * from)) * (1f / count);
        return from == to ? from : MathF.Sqrt(Math.Max((from * from) + (step * index), 0));
    }
}
