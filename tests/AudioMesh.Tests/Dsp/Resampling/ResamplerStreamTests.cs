// SPDX-License-Identifier: MIT
using AudioMesh.Dsp;
using AudioMesh.Testing;

namespace AudioMesh.Tests.Dsp.Resampling;

internal sealed unsafe class ResamplerStreamTests
{
    private static readonly ResamplerOptions[] Kinds =
    [
        new() { FromRate = 44100, ToRate = 48000 },
        new() { FromRate = 48000, ToRate = 44100, Quality = ResamplerQuality.Low, Precision = ResamplerPrecision.Double },
        new() { FromRate = 48000, ToRate = 8000, Quality = ResamplerQuality.Medium },
        new() { FromRate = 48000, ToRate = 48000, LowestRatio = 0.999, HighestRatio = 1.001, Quality = ResamplerQuality.High },
        new() { FromRate = 48000, ToRate = 48000, LowestRatio = 0.1, HighestRatio = 10, Quality = ResamplerQuality.Medium },
        new() { FromRate = 44100, ToRate = 96000, Quality = ResamplerQuality.Linear },
    ];

    [TestCaseSource(nameof(Kinds))]
    public void Blocks_of_any_length_give_the_same_bits(ResamplerOptions options)
    {
        ResamplerFilter filter = new(options);
        float[] input = Signals.Noise(2 * 6000);
        float[] whole = Stream(filter, input, int.MaxValue, int.MaxValue);
        RepeatableRandom random = new(7);
        for (int turn = 0; turn < 8; turn++)
        {
            float[] parts = Stream(filter, input, 1 + random.Next(700), 1 + random.Next(700));
            Signals.AssertSame(parts, whole, $"turn {turn}");
        }

        Signals.AssertSame(Stream(filter, input, 1, 1), whole, "frame by frame");
    }

    /// <summary>Ratios change after so many frames out, wherever blocks end.</summary>
    [Test]
    public void Changing_ratios_give_the_same_bits_whatever_the_input_blocks([Values(0.1, 0.999)] double lowest)
    {
        ResamplerFilter filter = new(new() { FromRate = 48000, ToRate = 48000, LowestRatio = lowest, HighestRatio = 1 / lowest, Quality = ResamplerQuality.Low });
        float[] input = Signals.Noise(20000);
        float[] Run(int inputBlock)
        {
            Resampler resampler = new(filter, 1);
            RepeatableRandom random = new(3);
            List<float> all = [];
            int at = 0;
            while (at < input.Length)
            {
                resampler.Ratio = lowest * Math.Pow(lowest, -2 * (random.NextSample() + 1) / 2);
                float[] block = new float[50];
                for (int made = 0; made < block.Length && at < input.Length;)
                {
                    made += resampler.Process(input.AsSpan(at, Math.Min(inputBlock, input.Length - at)), block.AsSpan(made), out int consumed);
                    at += consumed;
                }

                all.AddRange(block);
            }

            return [.. all];
        }

        float[] expected = Run(input.Length);
        foreach (int inputBlock in new[] { 1, 13, 64, 999 })
        {
            Signals.AssertSame(Run(inputBlock), expected, $"blocks of {inputBlock}");
        }
    }

    [TestCaseSource(nameof(Kinds))]
    public void What_it_asks_for_is_what_it_needs(ResamplerOptions options)
    {
        Resampler resampler = new(new ResamplerFilter(options), 1);
        RepeatableRandom random = new(5);
        float[] input = Signals.Noise(10000);
        float[] output = new float[1000];
        for (int turn = 0; turn < 300; turn++)
        {
            int frames = 1 + random.Next(300);
            int needed = resampler.InputFramesFor(frames);
            if (needed > 0)
            {
                Assert.That(resampler.OutputFramesFor(needed - 1), Is.LessThan(frames), "a frame less is too little");
            }

            Assert.That(resampler.OutputFramesFor(needed), Is.GreaterThanOrEqualTo(frames));
            int made = resampler.Process(input.AsSpan(0, needed), output.AsSpan(0, frames), out int consumed);
            Assert.That((made, consumed), Is.EqualTo((frames, needed)), $"turn {turn}");
        }
    }

    [TestCaseSource(nameof(Kinds))]
    public void A_file_of_n_frames_becomes_one_of_n_times_the_ratio(ResamplerOptions options)
    {
        foreach (int frames in new[] { 0, 1, 2, 100, 4801 })
        {
            Resampler resampler = new(new ResamplerFilter(options), 1, skipsLatency: true);
            float[] output = new float[20000];
            int made = resampler.Process(Signals.Noise(frames), output, out _);
            for (int more = -1; more != 0; made += more)
            {
                more = resampler.Flush(output.AsSpan(made, Math.Min(33, output.Length - made)));
            }

            Assert.That(made, Is.EqualTo((int)Math.Ceiling((double)frames * options.ToRate / options.FromRate)), $"{frames} frames");
        }
    }

    [TestCaseSource(nameof(Kinds))]
    public void After_a_reset_it_is_new(ResamplerOptions options)
    {
        Resampler resampler = new(new ResamplerFilter(options), 2);
        float[] input = Signals.Noise(4000);
        float[] first = new float[12000];
        float[] second = new float[12000];
        int made = resampler.Process(input, first, out _);
        resampler.Ratio = options.LowestRatio;
        resampler.Process(Signals.Wild(4000), second, out _);
        resampler.Flush(second);
        resampler.Reset();
        Assert.That(resampler.Process(input, second, out _), Is.EqualTo(made));
        Signals.AssertSame(second.AsSpan(0, 2 * made), first.AsSpan(0, 2 * made), "again");
    }

    [TestCaseSource(nameof(Kinds))]
    public void Planes_are_read_and_written_within_their_ends(ResamplerOptions options)
    {
        ResamplerFilter filter = new(options);
        float** input = stackalloc float*[3];
        float** output = stackalloc float*[3];
        float[] noise = Signals.Noise(3 * 130);
        for (int frames = 0; frames <= 130; frames++)
        {
            GuardedMemory[] memory = [.. Enumerable.Range(0, 6).Select(_ => new GuardedMemory(Math.Max(1, frames) * sizeof(float)))];
            for (int channel = 0; channel < 3; channel++)
            {
                input[channel] = (float*)memory[channel].Address;
                output[channel] = (float*)memory[3 + channel].Address;
                noise.AsSpan(channel * 130, frames).CopyTo(new Span<float>(input[channel], frames));
            }

            Resampler planar = new(filter, 3);
            Resampler single = new(filter, 1);
            int made = planar.Process(input, frames, output, frames, out int consumed);
            float[] expected = new float[frames];
            Assert.That(single.Process(new Span<float>(input[2], frames), expected, out int consumedAlone), Is.EqualTo(made));
            Assert.That(consumedAlone, Is.EqualTo(consumed));
            Signals.AssertSame(new ReadOnlySpan<float>(output[2], made), expected.AsSpan(0, made), $"{frames} frames");
            Array.ForEach(memory, each => each.Dispose());
        }
    }

    [TestCaseSource(nameof(Kinds))]
    public void Blocks_allocate_nothing(ResamplerOptions options)
    {
        Resampler resampler = new(new ResamplerFilter(options), 2);
        float[] input = Signals.Noise(128);
        float[] output = new float[2000];
        double ratio = options.LowestRatio;
        AllocationGate.AssertNone(() =>
        {
            ratio = ratio > options.HighestRatio ? options.LowestRatio : ratio * 1.1;
            resampler.Ratio = ratio;
            resampler.Process(input, output, out _);
            resampler.Flush(output);
            resampler.Reset();
        });
    }

    [Test]
    public void Options_out_of_range_are_named()
    {
        ResamplerOptions good = new() { FromRate = 48000, ToRate = 48000 };
        foreach ((ResamplerOptions bad, string field) in new[]
        {
            (good with { FromRate = 0 }, nameof(ResamplerOptions.FromRate)),
            (good with { ToRate = 768001 }, nameof(ResamplerOptions.ToRate)),
            (good with { Quality = (ResamplerQuality)99 }, nameof(ResamplerOptions.Quality)),
            (good with { Quality = ResamplerQuality.Drift, ToRate = 44100 }, nameof(ResamplerOptions.Quality)),
            (good with { Precision = (ResamplerPrecision)2 }, nameof(ResamplerOptions.Precision)),
            (good with { LowestRatio = double.NaN }, nameof(ResamplerOptions.LowestRatio)),
            (good with { LowestRatio = 1.1 }, nameof(ResamplerOptions.LowestRatio)),
            (good with { HighestRatio = 257 }, nameof(ResamplerOptions.HighestRatio)),
        })
        {
            AudioMeshException? error = Assert.Throws<AudioMeshException>(() => _ = new ResamplerFilter(bad));
            Assert.That((error!.Kind, error.Field), Is.EqualTo((AudioErrorKind.InvalidArgument, field)));
        }

        Assert.Throws<AudioMeshException>(() => _ = new Resampler(new ResamplerFilter(good), 0));
    }

    [Test]
    public void A_ratio_stays_within_its_range_and_no_number_changes_nothing()
    {
        Resampler resampler = new(new ResamplerFilter(new() { FromRate = 48000, ToRate = 48000, LowestRatio = 0.9, HighestRatio = 1.1 }), 1);
        resampler.Ratio = 2;
        Assert.That(resampler.Ratio, Is.EqualTo(1.1));
        resampler.Ratio = double.NaN;
        Assert.That(resampler.Ratio, Is.EqualTo(1.1));
        resampler.Ratio = double.NegativeInfinity;
        Assert.That(resampler.Ratio, Is.EqualTo(0.9));
    }

    private static float[] Stream(ResamplerFilter filter, float[] input, int inputBlock, int outputBlock)
    {
        Resampler resampler = new(filter, 2, skipsLatency: true);
        float[] output = new float[input.Length * 3];
        int at = 0, made = 0;
        while (at < input.Length)
        {
            int room = (int)Math.Min(2L * outputBlock, output.Length - made);
            made += 2 * resampler.Process(input.AsSpan(at, (int)Math.Min(2L * inputBlock, input.Length - at)), output.AsSpan(made, room), out int consumed);
            at += 2 * consumed;
        }

        for (int more = -1; more != 0; made += 2 * more)
        {
            more = resampler.Flush(output.AsSpan(made, (int)Math.Min(2L * outputBlock, output.Length - made)));
        }

        return output[..made];
    }
}
