// SPDX-License-Identifier: MIT
using AudioMesh.Dsp;
using AudioMesh.Testing;

namespace AudioMesh.Tests.Dsp;

internal sealed class DelayLineTests
{
    [Test]
    public void A_whole_delay_gives_back_the_samples_bit_for_bit([Values(0, 1, 2, 63, 255, 256, 1000, 1500)] int delay)
    {
        float[] signal = Signals.Wild(6000);
        float[] whole = new float[6000];
        float[] between = new float[6000];
        DelayLine line = new(1500);
        DelayLine fraction = new(1500);
        foreach ((int start, int length) in Cuts(signal.Length))
        {
            line.Process(signal.AsSpan(start, length), whole.AsSpan(start), delay);
            fraction.Process(signal.AsSpan(start, length), between.AsSpan(start, length), delay, delay);
        }

        float[] expected = [.. new float[delay], .. signal.AsSpan(0, 6000 - delay)];
        Signals.AssertSame(whole, expected, "whole");
        Signals.AssertSame(between, expected, "as a number of frames");
    }

    [Test]
    public void What_was_taken_in_last_is_there_again_with_any_delay([Values(0, 1, 300, 1500, 2000)] int delay)
    {
        float[] signal = Signals.Wild(6000);
        float[] again = new float[6000];
        DelayLine line = new(1500);
        for (int start = 0; start < signal.Length; start += 500)
        {
            line.Process(signal.AsSpan(start, 500), new float[500], 7);
            line.Again(again.AsSpan(start, 500), delay);
        }

        int limited = Math.Min(delay, 1500);
        Signals.AssertSame(again, [.. new float[limited], .. signal.AsSpan(0, 6000 - limited)], "again");
    }

    [Test]
    public void Every_length_up_to_1024_fits([Values(0, 37)] int delay)
    {
        float[] signal = Signals.Noise(1024);
        using GuardedSpans<float> sources = new(1024), destinations = new(1024);
        for (int count = 0; count <= 1024; count++)
        {
            float[] expected = [.. new float[delay], .. signal];
            new DelayLine(64).Process(sources.LastHolding(signal.AsSpan(0, count)), destinations.Last(count), delay);
            Signals.AssertSame(destinations.Last(count), expected.AsSpan(0, count), $"length {count}");
        }
    }

    [TestCase(0.25)]
    [TestCase(1.5)]
    [TestCase(17.75)]
    public void A_cubic_is_delayed_exactly_by_parts_of_frames(double delay)
    {
        float[] cubic = new float[64];
        for (int i = 0; i < cubic.Length; i++)
        {
            cubic[i] = Cubic(i);
        }

        DelayLine line = new(32);
        line.Process(cubic, cubic, delay, delay);
        for (int i = 24; i < cubic.Length; i++)
        {
            Assert.That(cubic[i], Is.EqualTo(Cubic(i - delay)).Within(2e-6f), $"sample {i}");
        }
    }

    [Test]
    public void A_delay_that_moves_reads_along_its_line()
    {
        float[] ramp = new float[300];
        for (int i = 0; i < ramp.Length; i++)
        {
            ramp[i] = i;
        }

        float[] moved = new float[300];
        DelayLine line = new(40);
        line.Process(ramp.AsSpan(0, 100), moved, 5, 5);
        line.Process(ramp.AsSpan(100), moved.AsSpan(100), 5, 25);
        for (int i = 100; i < moved.Length; i++)
        {
            Assert.That(moved[i], Is.EqualTo(i - (5 + ((i - 100) * 0.1))).Within(1e-3), $"sample {i}");
        }
    }

    [Test]
    public void Blocks_of_the_same_delay_do_what_the_whole_does()
    {
        float[] signal = Signals.Noise(3000);
        float[] whole = new float[3000];
        float[] cut = new float[3000];
        new DelayLine(100).Process(signal, whole, 12.3, 12.3);
        DelayLine line = new(100);
        foreach ((int start, int length) in Cuts(signal.Length))
        {
            line.Process(signal.AsSpan(start, length), cut.AsSpan(start, length), 12.3, 12.3);
        }

        Signals.AssertSame(cut, whole, "blocks");
    }

    [Test]
    public void What_is_out_of_range_is_taken_for_the_nearer_end()
    {
        float[] impulse = [1, 0, 0, 0, 0];
        float[] heard = new float[5];
        new DelayLine(2).Process(impulse, heard, 9);
        Assert.That(heard, Is.EqualTo(new float[] { 0, 0, 1, 0, 0 }));
        new DelayLine(2).Process(impulse, heard, -1);
        Assert.That(heard, Is.EqualTo(impulse));
        new DelayLine(2).Process(impulse, heard, double.NaN, double.PositiveInfinity);
        Assert.That(heard[0], Is.EqualTo(1));
        Assert.That(() => new DelayLine(-1), Throws.TypeOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void After_a_reset_nothing_is_left()
    {
        DelayLine line = new(64);
        float[] samples = Signals.Noise(100);
        line.Process(samples, samples, 10);
        line.Reset();
        samples.AsSpan().Clear();
        line.Process(samples, samples, 50);
        Assert.That(samples, Has.All.Zero);
    }

    private static IEnumerable<(int Start, int Length)> Cuts(int total)
    {
        RepeatableRandom random = new(11);
        for (int start = 0; start < total;)
        {
            int length = Math.Min(random.Next(700), total - start);
            yield return (start, length);
            start += length;
        }
    }

    private static float Cubic(double x) => (float)((((((x / 64) - 0.5) * (x / 64)) + 0.25) * (x / 64)) - 0.1);
}
