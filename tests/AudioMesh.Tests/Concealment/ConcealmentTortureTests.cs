// SPDX-License-Identifier: MIT
using AudioMesh.Concealment;
using AudioMesh.Testing;

namespace AudioMesh.Tests.Concealment;

internal sealed class ConcealmentTortureTests
{
    private const int Frames = 48000;
    private const int Block = 64;

    private static readonly (string Name, Func<int, double> At)[] Sounds =
    [
        ("sine", n => 0.5 * Sine(440, n)),
        ("low sine", n => 0.9 * Sine(27.5, n)),
        ("high sine", n => 0.5 * Sine(15000, n)),
        ("two near tones", n => 0.4 * (Sine(1000, n) + Sine(1003, n))),
        ("chord", n => 0.3 * (Sine(261.63, n) + Sine(329.63, n) + Sine(392, n))),
        ("frequency modulation", n => 0.5 * Math.Sin((Turn(880) * n) + (2 * Math.Sin(Turn(110) * n)))),
        ("square", n => 0.5 * Math.Sign(Sine(200.1, n))),
        ("full-scale square", n => Math.Sign(Sine(1000.1, n))),
        ("clipped", n => Math.Clamp(3 * Sine(300, n), -1, 1)),
        ("growing", n => Math.Exp((n - 24000) / 3000.0) * Sine(700, n)),
        ("growing fast", n => Math.Exp(Math.Min(0, (n - 24000) / 300.0)) * Sine(700, n)),
        ("decaying", n => Math.Exp(-(n % 12000) / 1500.0) * Sine(700, n)),
        ("decaying fast", n => Math.Exp(-(n % 6000) / 60.0) * Sine(2000, n)),
        ("direct current", _ => 0.8),
        ("step", n => n < 24000 ? 0 : 0.8),
        ("silence", _ => 0),
        ("impulse", n => n == 23900 ? 1 : 0),
        ("impulses", n => n % 480 == 0 ? 1 : 0),
        ("full scale", n => n % 2 == 0 ? 1 : -1),
        ("denormal", n => 1e-40 * Sine(440, n)),
        ("almost silent", n => 2e-6 * Sine(440, n)),
        ("one bit of 24", n => Math.Round(Sine(440, n) * 1.4) / 8388608),
        ("tone after silence", n => n < 24000 ? 0 : 0.5 * Sine(440, n)),
        ("silence after tone", n => n < 24000 ? 0.5 * Sine(440, n) : 0),
    ];

    private static readonly (string Name, Func<int, bool> IsLost)[] Losses =
    [
        ("one block", i => i == 375),
        ("100 ms", i => i >= 375 && i < 450),
        ("every other block", i => i % 2 == 1),
        ("one good between losses", i => i > 300 && i % 5 != 0),
        ("the beginning", i => i < 40),
        ("often", i => i % 11 < 3),
    ];

    private static IEnumerable<TestCaseData> Cases =>
        from sound in Sounds from loss in Losses select new TestCaseData(sound.Name, loss.Name);

    [TestCaseSource(nameof(Cases))]
    public void A_fill_is_a_number_and_no_louder_than_twice_what_was_there(string sound, string loss)
    {
        Func<int, double> at = Sounds.Single(s => s.Name == sound).At;
        Check([.. Enumerable.Range(0, Frames).Select(n => (float)at(n))], loss);
    }

    [Test]
    public void Noise_is_filled_with_numbers_no_louder_than_twice_what_was_there([ValueSource(nameof(LossNames))] string loss)
    {
        float[] noise = new float[Frames];
        new RepeatableRandom(5).Fill(noise);
        Check(noise, loss);
    }

    [TestCase(float.NaN)]
    [TestCase(float.PositiveInfinity)]
    [TestCase(float.MaxValue)]
    public void What_is_no_sound_is_not_gone_on_with(float sample)
    {
        float[] sound = [.. Enumerable.Range(0, Frames).Select(n => (float)(0.5 * Sine(440, n)))];
        sound[20000] = sample;
        using ConcealedStream stream = new();
        Func<int, bool> isLost = i => i is 313 or 315 or 400;
        float[] heard = stream.Play(sound, Block, isLost);
        for (int i = 0; i < Frames / Block; i++)
        {
            if (isLost(i))
            {
                Assert.That(heard[(i * Block)..((i + 1) * Block)].All(float.IsFinite));
            }
        }
    }

    private static IEnumerable<string> LossNames => Losses.Select(loss => loss.Name);

    private static void Check(float[] sound, string loss)
    {
        Func<int, bool> isLost = Losses.Single(l => l.Name == loss).IsLost;
        using ConcealedStream stream = new();
        float[] heard = stream.Play(sound, Block, isLost);
        Assert.That(heard.All(float.IsFinite), "a number");
        float limit = 0;
        for (int i = 0; i < Frames / Block; i++)
        {
            int from = i * Block;
            if (!isLost(i))
            {
                continue;
            }

            if (i > 0 && !isLost(i - 1))
            {
                limit = 2 * Peak(heard, Math.Max(0, from - 1024), from);
            }

            Assert.That(Peak(heard, from, from + Block), Is.LessThanOrEqualTo(limit * 1.0001f), $"block {i}");
        }

        // 200 ms after the last loss of those that end, nothing of it is left.
        if (!isLost((Frames / Block) - 1) && !isLost((Frames / Block) - 2) && loss is "one block" or "100 ms" or "the beginning")
        {
            Assert.That(heard[38400..], Is.EqualTo(sound[38400..]));
        }
    }

    private static float Peak(float[] samples, int from, int to)
    {
        float peak = 0;
        for (int n = from; n < to; n++)
        {
            peak = Math.Max(peak, Math.Abs(samples[n]));
        }

        return peak;
    }

    private static double Turn(double hertz) => 2 * Math.PI * hertz / 48000;

    private static double Sine(double hertz, int n) => Math.Sin(Turn(hertz) * n);
}
