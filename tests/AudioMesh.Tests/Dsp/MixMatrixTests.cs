// SPDX-License-Identifier: MIT
using AudioMesh.Dsp;
using AudioMesh.Testing;

namespace AudioMesh.Tests.Dsp;

internal sealed unsafe class MixMatrixTests
{
    private const float Canary = 12345f;

    [Test]
    public void Every_shape_equals_the_oracle(
        [Values(1, 2, 3, 4, 5, 8, 11)] int mixes, [Values(1, 2, 7, 63, 64, 65, 130)] int sources, [Values] Motion motion)
    {
        foreach (int frames in (int[])[1, 2, 7, 8, 15, 16, 17, 31, 63, 64, 65, 100, 128, 200])
        {
            Check(mixes, sources, frames, motion, Signals.Noise(sources * frames, seed: frames));
        }
    }

    [Test]
    public void Every_length_equals_the_oracle([Values] Motion motion)
    {
        for (int frames = 1; frames <= 1024; frames++)
        {
            Check(5, 6, frames, motion, Signals.Noise(6 * frames, seed: frames));
        }
    }

    [Test]
    public void NaN_infinity_and_denormals_come_through_as_in_the_oracle([Values(1, 4, 6)] int mixes, [Values] Motion motion)
    {
        foreach (int frames in (int[])[1, 16, 40, 64, 129])
        {
            Check(mixes, 70, frames, motion, Signals.Wild(70 * frames, seed: frames));
        }
    }

    [Test]
    public void A_silent_crosspoint_is_not_heard_even_of_NaN()
    {
        const int frames = 48;
        float[] sources = new float[3 * frames];
        sources.AsSpan(0, frames).Fill(0.5f);
        sources.AsSpan(frames, frames).Fill(float.NaN);
        sources.AsSpan(2 * frames).Fill(float.PositiveInfinity);
        float[] gains = [1, 0, -0f, 0.5f, -0f, 0, 2, 0, 0, 4, 0, 0];
        float[] mixes = new float[4 * frames];
        MixMatrix.Mix(sources, gains, gains, mixes, frames);
        for (int i = 0; i < mixes.Length; i++)
        {
            Assert.That(mixes[i], Is.EqualTo(0.5f * gains[i / frames * 3]), $"sample {i}");
        }
    }

    [Test]
    public void One_source_in_one_mix_is_a_gain_ramp_onto_silence()
    {
        float[] source = Signals.Noise(333);
        float[] expected = new float[333];
        float[] mix = new float[333];
        GainRamp.AddRamped(source, 0.2f, 0.9f, expected);
        MixMatrix.Mix(source, [0.2f], [0.9f], mix, 333);
        Signals.AssertSame(mix, expected, "mix");
    }

    [Test]
    public void The_next_block_begins_at_exactly_the_target()
    {
        float[] source = new float[100];
        Array.Fill(source, 1f);
        float[] mix = new float[100];
        MixMatrix.Mix(source, [0.3f], [0.7f], mix, 100);
        Assert.That(mix[0], Is.EqualTo(0.3f));
        float last = mix[99];
        MixMatrix.Mix(source, [0.7f], [0.7f], mix, 100);
        Assert.That(mix[0], Is.EqualTo(0.7f));
        Assert.That(mix[0] - last, Is.EqualTo(0.004f).Within(1e-6f));
    }

    [Test]
    public void What_the_spans_do_not_hold_is_left_alone()
    {
        float[] mixes = [9, 9, 9, 9, 9];
        MixMatrix.Mix([1, 2, 3], [1, 1], [1, 1], mixes, 2);
        Assert.That(mixes, Is.EqualTo(new float[] { 1, 2, 1, 2, 9 }));
        MixMatrix.Mix([1, 2], [3], [3], mixes, 2);
        Assert.That(mixes, Is.EqualTo(new float[] { 3, 6, 1, 2, 9 }));
        MixMatrix.Mix([], [], [], mixes, 2);
        Assert.That(mixes, Is.EqualTo(new float[] { 0, 0, 0, 0, 9 }));
        MixMatrix.Mix([1], [1], [1], mixes, 0);
        Assert.That(mixes, Is.EqualTo(new float[] { 0, 0, 0, 0, 9 }));
    }

    [Test]
    public void Nothing_is_allocated()
    {
        float[] sources = Signals.Noise(70 * 100);
        float[] from = Gains(9 * 70, Motion.Some, out float[] to);
        float[] mixes = new float[9 * 100];
        AllocationGate.AssertNone(() => MixMatrix.Mix(sources, from, to, mixes, 100));
    }

    private static void Check(int mixes, int sources, int frames, Motion motion, float[] input)
    {
        float[] from = Gains(mixes * sources, motion, out float[] to);
        float[] expected = new float[mixes * frames];
        MixMatrixOracle.Mix(input, from, to, expected, frames);

        using GuardedMemory sourceMemory = new((long)sources * frames * sizeof(float));
        using GuardedMemory mixMemory = new((long)mixes * frames * sizeof(float));
        using GuardedMemory fromMemory = new((long)mixes * sources * sizeof(float));
        using GuardedMemory toMemory = new((long)mixes * sources * sizeof(float));
        Span<float> output = new(mixMemory.Address, mixes * frames);
        input.CopyTo(new Span<float>(sourceMemory.Address, input.Length));
        from.CopyTo(new Span<float>(fromMemory.Address, from.Length));
        to.CopyTo(new Span<float>(toMemory.Address, to.Length));
        output.Fill(Canary);
        MixMatrix.Mix(
            new(sourceMemory.Address, input.Length), new(fromMemory.Address, from.Length), new(toMemory.Address, to.Length), output, frames);
        Signals.AssertSame(output, expected, $"{mixes} mixes of {sources} sources, {frames} frames, {motion}");
    }

    private static float[] Gains(int count, Motion motion, out float[] to)
    {
        RepeatableRandom random = new(7);
        float[] from = new float[count];
        random.Fill(from);
        to = [.. from];
        for (int i = 0; i < count; i++)
        {
            if (motion == Motion.Sparse && random.Next(4) != 0)
            {
                from[i] = to[i] = random.Next(2) == 0 ? 0f : -0f;
            }
            else if (motion == Motion.All || (motion != Motion.None && random.Next(5) == 0))
            {
                to[i] = random.Next(3) == 0 ? 0 : random.NextSample();
                from[i] = random.Next(3) == 0 ? 0 : from[i];
            }
        }

        return from;
    }

    /// <summary>Which gains move, and which are zero.</summary>
    internal enum Motion
    {
        None,
        Some,
        All,
        Sparse,
    }
}
