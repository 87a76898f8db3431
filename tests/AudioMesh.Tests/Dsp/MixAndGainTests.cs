// SPDX-License-Identifier: MIT
using AudioMesh.Dsp;

namespace AudioMesh.Tests.Dsp;

internal sealed class MixAndGainTests
{
    private const float Canary = 12345f;

    private delegate void Kernel(ReadOnlySpan<float> source, Span<float> destination);

    private delegate float Oracle(float source, float destination, int index, int count);

    [Test]
    public void Add_equals_the_scalar_sum_for_every_length() =>
        Check(Mix.Add, (source, destination, _, _) => destination + source);

    [TestCase(0.3f)]
    [TestCase(1f)]
    [TestCase(0f)]
    [TestCase(-2f)]
    public void AddScaled_equals_the_scalar_sum_for_every_length(float gain) =>
        Check(
            (source, destination) => Mix.AddScaled(source, gain, destination),
            (source, destination, _, _) => destination + (source * gain));

    [TestCase(0.3f)]
    [TestCase(0f)]
    [TestCase(-2f)]
    [TestCase(1f)]
    public void Gain_equals_the_scalar_product_for_every_length(float gain) =>
        Check((_, destination) => Gain.Apply(destination, gain), (_, destination, _, _) => destination * gain);

    [TestCase(0f, 1f)]
    [TestCase(1f, 0f)]
    [TestCase(0.25f, 0.75f)]
    [TestCase(0.7f, 0.7f)]
    [TestCase(1f, -1f)]
    public void Ramp_equals_the_scalar_line_for_every_length(float from, float to) =>
        Check((_, destination) => GainRamp.Apply(destination, from, to), (_, destination, i, n) => destination * Line(from, to, i, n));

    [TestCase(0f, 1f)]
    [TestCase(0.7f, 0.7f)]
    [TestCase(1f, -1f)]
    public void AddRamped_equals_the_scalar_line_for_every_length(float from, float to) =>
        Check(
            (source, destination) => GainRamp.AddRamped(source, from, to, destination),
            (source, destination, i, n) => destination + (source * Line(from, to, i, n)));

    [Test]
    public void A_gain_of_one_leaves_every_bit_even_of_a_signalling_NaN()
    {
        int[] bits = [0x7F800001, unchecked((int)0xFFC12345), 1, unchecked((int)0x80000000), 0x7F7FFFFF, 5, 6, 7, 8, 0x7F800001];
        Span<float> samples = System.Runtime.InteropServices.MemoryMarshal.Cast<int, float>(bits.AsSpan());
        int[] before = [.. bits];
        Gain.Apply(samples, 1f);
        GainRamp.Apply(samples, 1f, 1f);
        Assert.That(bits, Is.EqualTo(before));
    }

    [Test]
    public void Ramps_of_neighbouring_blocks_join_without_a_step()
    {
        float[] samples = new float[200];
        Array.Fill(samples, 1f);
        GainRamp.Apply(samples.AsSpan(0, 100), 0f, 0.5f);
        GainRamp.Apply(samples.AsSpan(100), 0.5f, 1f);
        for (int i = 0; i < samples.Length; i++)
        {
            Assert.That(samples[i], Is.EqualTo(i / 200f).Within(1e-6f));
        }
    }

    [Test]
    public void A_signal_can_be_added_to_itself()
    {
        float[] samples = Signals.Noise(333);
        float[] expected = Array.ConvertAll(samples, sample => sample + sample);
        Mix.Add(samples, samples);
        Signals.AssertSame(samples, expected, "in place");
    }

    [Test]
    public void The_shorter_span_decides()
    {
        float[] destination = new float[10];
        Mix.Add([1f, 1f, 1f], destination);
        Mix.AddScaled(Signals.Noise(100), 0f, destination.AsSpan(0, 3));
        GainRamp.AddRamped([], 0f, 1f, destination);
        Assert.That(destination, Is.EqualTo(new float[] { 1, 1, 1, 0, 0, 0, 0, 0, 0, 0 }));
    }

    private static float Line(float from, float to, int index, int count) => from == to ? from : from + ((to - from) * (1f / count) * index);

    private static void Check(Kernel kernel, Oracle oracle)
    {
        float[] wild = Signals.Wild(1024);
        float[] target = Signals.Wild(1024, seed: 2);
        using GuardedSpans<float> sources = new(1024 + 1), destinations = new(1024 + 1);
        for (int count = 0; count <= 1024; count++)
        {
            Span<float> source = sources.LastHolding(wild.AsSpan(0, count));
            Span<float> destination = destinations.LastHolding(target.AsSpan(0, count));
            float[] expected = target[..count];
            for (int i = 0; i < count; i++)
            {
                expected[i] = oracle(source[i], expected[i], i, count);
            }

            destinations.Last(count + 1)[0] = Canary;
            kernel(source, destination);
            Signals.AssertSame(destination, expected, $"length {count}");
            Assert.That(destinations.Last(count + 1)[0], Is.EqualTo(Canary), $"before length {count}");
        }
    }
}
