// SPDX-License-Identifier: MIT
using AudioMesh.Concealment;
using AudioMesh.Testing;

namespace AudioMesh.Tests.Concealment;

internal sealed class StreamConcealerTests
{
    private const int Block = 128;

    [Test]
    public void A_stream_without_gaps_passes_bit_for_bit()
    {
        float[] noise = Noise(8192);
        using ConcealedStream stream = new();
        Assert.That(stream.Play(noise, 64, _ => false), Is.EqualTo(noise));
    }

    [TestCase(128, -30)]
    [TestCase(512, -25)]
    public void Foretells_a_chord(int block, double atMostDb)
    {
        float[] chord = Chord(16384);
        using ConcealedStream stream = new();
        float[] heard = stream.Play(chord, block, i => i == 8192 / block);
        Assert.That(ErrorDb(chord, heard, 8192, block), Is.LessThan(atMostDb));
    }

    [Test]
    public void A_gap_begins_and_ends_without_a_step()
    {
        float[] chord = Chord(16384);
        using ConcealedStream stream = new();
        float[] heard = stream.Play(chord, Block, i => i is >= 64 and < 68);
        float largest = LargestStep(chord, 1, chord.Length);
        Assert.That(LargestStep(heard, 8192, 8192 + 1024), Is.LessThan(1.2 * largest));
    }

    [Test]
    public void What_comes_after_a_gap_is_itself_again_within_128_frames([Values(1, 12)] int lost)
    {
        float[] noise = Noise(16384);
        using ConcealedStream stream = new();
        float[] heard = stream.Play(noise, Block, i => i >= 64 && i < 64 + lost);
        Assert.That(heard[((65 + lost) * Block)..], Is.EqualTo(noise[((65 + lost) * Block)..]));
    }

    [Test]
    public void A_long_gap_falls_silent()
    {
        using ConcealedStream stream = new();
        float[] heard = stream.Play(Chord(32768), Block, i => i >= 64);
        int silentFrom = 8192 + stream.Concealer.AudibleFrames;
        Assert.That(heard[(silentFrom - 2000)..silentFrom], Has.Some.Not.Zero);
        Assert.That(heard[silentFrom..], Is.All.Zero);
    }

    [Test]
    public void What_was_not_trained_for_long_has_the_right_model_once_it_is_armed()
    {
        float[] chord = Chord(32768);
        using ConcealedStream stream = new();
        stream.Concealer.IsArmed = false;
        stream.Play(chord[..24576], 64, _ => false);
        Assert.That(stream.Concealer.Statistics.Trainings, Is.Zero);
        stream.Concealer.IsArmed = true;
        while (stream.Concealer.Work())
        {
        }

        float[] heard = stream.Play(chord[24576..], Block, i => i == 0);
        ConcealmentStatistics statistics = stream.Concealer.Statistics;
        Assert.That((statistics.StaleFrames, statistics.UnmodelledFrames, statistics.SkippedTrainings), Is.EqualTo((0L, 0L, 0L)));
        Assert.That(ErrorDb(chord[24576..], heard, 0, Block), Is.LessThan(-30));
    }

    [Test]
    public void After_a_gap_that_faded_sound_that_goes_on_is_faded_in()
    {
        float[] sound = [.. Enumerable.Repeat(0.5f, 32768)];
        using ConcealedStream stream = new();
        float[] heard = stream.Play(sound, Block, i => i is >= 64 and < 128);
        Assert.That(heard[(127 * Block)..(128 * Block)], Is.All.Zero);
        Assert.That(LargestStep(heard, 1, heard.Length), Is.LessThan(0.01));
    }

    [Test]
    public void The_best_profile_predicts_with_two_models()
    {
        float[] sound = Resonant(32768);
        Func<int, bool> isLost = i => i >= 128 && i % 8 == 0;
        using ConcealedStream plain = new();
        using ConcealedStream best = new(ConcealmentProfile.Hq);
        float[] one = plain.Play(sound, Block, isLost);
        float[] two = best.Play(sound, Block, isLost);
        Assert.That(two, Is.All.Matches<float>(float.IsFinite).And.Not.EqualTo(one));
        Assert.That(MeanErrorDb(sound, two, isLost), Is.LessThan(MeanErrorDb(sound, one, isLost) + 0.5));
    }

    [Test]
    public void Knowing_what_comes_behind_makes_a_fill_better()
    {
        float[] sound = Resonant(65536);
        double without = 0;
        double with = 0;
        using ConcealedStream one = new();
        using ConcealedStream two = new();
        Func<int, bool> isLost = i => i >= 64 && i % 8 == 0;
        float[] blind = one.Play(sound, Block, isLost);
        float[] seeing = two.Play(sound, Block, isLost, later: Block);
        for (int i = 64; i < 511; i += 8)
        {
            without += ErrorDb(sound, blind, i * Block, Block);
            with += ErrorDb(sound, seeing, i * Block, Block);
        }

        Assert.That((without - with) / 56, Is.GreaterThan(3), "dB better");
    }

    [Test]
    public void Channels_do_not_hear_each_other()
    {
        float[] chord = Chord(16384);
        using ConcealedStream alone = new();
        float[] heard = alone.Play(chord, Block, i => i % 10 == 9);
        using StreamConcealer both = new(new ConcealerOptions { Channels = 2, Rate = 48000 });
        float[] noise = Noise(16384);
        float[] left = [];
        for (int from = 0; from < chord.Length; from += Block)
        {
            float[] planes = [.. chord.AsSpan(from, Block), .. noise.AsSpan(from, Block)];
            if (from / Block % 10 == 9)
            {
                both.Fill(planes);
            }
            else
            {
                both.Receive(planes);
            }

            left = [.. left, .. planes.AsSpan(0, Block)];
            while (both.Work())
            {
            }
        }

        Assert.That(left, Is.EqualTo(heard));
    }

    [Test]
    public void A_fork_goes_on_alike()
    {
        float[] sound = Resonant(16384);
        using ConcealedStream stream = new();
        stream.Play(sound, Block, i => i % 7 == 6);
        using ConcealedStream fork = new(stream.Concealer.Fork());
        float[] first = stream.Play(sound, Block, i => i % 3 == 0);
        Assert.That(fork.Play(sound, Block, i => i % 3 == 0), Is.EqualTo(first));
        Assert.That(fork.Concealer.Statistics, Is.EqualTo(stream.Concealer.Statistics));
    }

    [Test]
    public void Training_that_is_late_is_counted_and_its_old_model_used()
    {
        float[] chord = Chord(16384);
        using ConcealedStream stream = new();
        stream.Play(chord[..8192], Block, _ => false);
        using ConcealedStream late = new(stream.Concealer.Fork()) { Trains = false };
        float[] heard = late.Play(chord[8192..], Block, i => i == 8);
        Assert.That(late.Concealer.Statistics.StaleFrames, Is.EqualTo(Block));
        Assert.That(ErrorDb(chord[8192..], heard, 8 * Block, Block), Is.LessThan(-20));
    }

    [Test]
    public void Without_a_model_the_sound_fades_within_128_frames()
    {
        float[] chord = Chord(4096);
        using ConcealedStream stream = new() { Trains = false };
        float[] heard = stream.Play(chord, Block, i => i is 16 or 17);
        Assert.That(stream.Concealer.Statistics.UnmodelledFrames, Is.EqualTo(2 * Block));
        Assert.That(Math.Abs(heard[2048] - chord[2047]), Is.LessThan(1e-3));
        Assert.That(heard[(2048 + Block)..(2048 + (2 * Block))], Is.All.Zero);
    }

    [Test]
    public void A_gap_that_began_without_a_model_still_ends_in_what_comes_behind()
    {
        float[] chord = Chord(8192);
        using ConcealedStream stream = new() { Trains = false };
        float[] first = chord[..4096];
        stream.Play(first, Block, _ => false);
        stream.Fill(new float[Block]);
        while (stream.Concealer.Work())
        {
        }

        float[] bent = new float[Block];
        stream.Fill(bent, chord.AsSpan(4096 + (2 * Block), Block));
        Assert.That(Math.Abs(bent[^1] - chord[4096 + (2 * Block) - 1]), Is.LessThan(0.05));
    }

    [Test]
    public void Training_far_behind_goes_on_with_the_newest()
    {
        float[] chord = Chord(65536);
        using ConcealedStream stream = new() { Trains = false };
        stream.Play(chord, Block, _ => false);
        Assert.That(stream.Concealer.Work());
        Assert.That(stream.Concealer.Work(), Is.False);
        Assert.That(stream.Concealer.Statistics.SkippedTrainings, Is.EqualTo((65536 / 128) - 1));
    }

    [Test]
    public void A_disarmed_stream_is_not_trained()
    {
        using ConcealedStream stream = new();
        stream.Concealer.IsArmed = false;
        stream.Play(Chord(8192), Block, _ => false);
        Assert.That(stream.Concealer.Statistics.Trainings, Is.Zero);
        stream.Concealer.IsArmed = true;
        Assert.That(stream.Concealer.Work());
        Assert.That(stream.Concealer.Statistics.Trainings, Is.EqualTo(1));
    }

    [Test]
    public void Statistics_count_gaps_and_frames()
    {
        using ConcealedStream stream = new();
        stream.Play(Chord(16384), Block, i => i is 40 or 41 or 80);
        ConcealmentStatistics statistics = stream.Concealer.Statistics;
        Assert.That((statistics.Gaps, statistics.PredictedFrames, statistics.StaleFrames), Is.EqualTo((2L, 3L * Block, 0L)));
        Assert.That(stream.Concealer.Position.Value, Is.EqualTo(16384));
    }

    [Test]
    public void Passing_blocks_and_training_allocate_nothing()
    {
        using ConcealedStream stream = new();
        float[] block = Noise(Block);
        int i = 0;
        AllocationGate.AssertNone(
            () =>
            {
                if (i++ % 4 == 3)
                {
                    stream.Fill(block, i % 8 == 4 ? block : default);
                }
                else
                {
                    stream.Receive(block);
                }
            },
            warmup: 200,
            iterations: 200);
    }

    [TestCase(0, 48000)]
    [TestCase(65, 48000)]
    [TestCase(2, 7999)]
    [TestCase(2, 400000)]
    public void Channels_and_rate_out_of_range_are_refused(int channels, int rate)
    {
        AudioMeshException? refused = Assert.Throws<AudioMeshException>(
            () => new StreamConcealer(new ConcealerOptions { Channels = channels, Rate = rate }).Dispose());
        Assert.That(refused!.Kind, Is.EqualTo(AudioErrorKind.InvalidArgument));
    }

    internal static double ErrorDb(float[] reference, float[] heard, int from, int frames)
    {
        double error = 0;
        double power = 0;
        for (int n = from; n < from + frames; n++)
        {
            error += Math.Pow((double)heard[n] - reference[n], 2);
            power += Math.Pow(reference[n], 2);
        }

        return 10 * Math.Log10(error / power);
    }

    private static double MeanErrorDb(float[] sound, float[] heard, Func<int, bool> isLost) =>
        Enumerable.Range(0, sound.Length / Block).Where(isLost).Average(i => ErrorDb(sound, heard, i * Block, Block));

    private static float LargestStep(float[] samples, int from, int to) =>
        Enumerable.Range(from, to - from).Max(n => Math.Abs(samples[n] - samples[n - 1]));

    private static float[] Chord(int frames)
    {
        double[] tones = [220, 277.18, 329.63, 443.1];
        return [.. Enumerable.Range(0, frames).Select(n => (float)tones.Sum(f => 0.2 * Math.Sin((2 * Math.PI * f / 48000 * n) + f)))];
    }

    private static float[] Noise(int frames)
    {
        float[] noise = new float[frames];
        new RepeatableRandom(11).Fill(noise);
        return noise;
    }

    // Noise through two resonances, which is what a linear predictor is right about.
    private static float[] Resonant(int frames)
    {
        float[] samples = Noise(frames);
        foreach ((double radius, double hertz) in (ReadOnlySpan<(double, double)>)[(0.995, 500), (0.99, 1700)])
        {
            float a = (float)(2 * radius * Math.Cos(2 * Math.PI * hertz / 48000));
            float b = (float)(-radius * radius);
            for (int n = 2; n < frames; n++)
            {
                samples[n] = (0.05f * samples[n]) + (a * samples[n - 1]) + (b * samples[n - 2]);
            }
        }

        return samples;
    }
}
