// SPDX-License-Identifier: MIT
using AudioMesh.Graph;

namespace AudioMesh.Engine.Tests;

/// <summary>What the test signals are, measured on the device.</summary>
internal sealed class ToneWaveTests : EngineFixture
{
    [TestCase(1, 64)]
    [TestCase(440, 64)]
    [TestCase(997.3, 61)]
    [TestCase(12345.6, 128)]
    [TestCase(23999, 512)]
    [TestCase(191999, 17)]
    public void A_sine_is_one_to_the_last_bit_that_a_sample_has(double freq, int periodFrames)
    {
        Open(periodFrames: periodFrames);
        Chain(Add("tone", ("freq", freq)), Add("device_sink"));
        Engine.Start();
        float[] sound = Device.Pull(periodFrames * 100)[0];
        for (int i = 0; i < sound.Length; i++)
        {
            Assert.That(sound[i], Is.EqualTo(Math.Sin(Math.Tau * freq / 48000 * i)).Within(1e-7), $"frame {i}");
        }
    }

    [TestCase("square", 1.0)]
    [TestCase("saw", 0.57735)]
    public void A_wave_has_the_level_and_frequency_of_its_shape(string wave, double rms)
    {
        float[] sound = Hear(48000, ("wave", wave), ("freq", 100));
        Assert.That(Rms(sound), Is.EqualTo(rms).Within(0.01));
        Assert.That(Rising(sound), Is.EqualTo(100).Within(1));
        Assert.That(sound.Max(Math.Abs), Is.LessThanOrEqualTo(1.0f));
    }

    [TestCase("square")]
    [TestCase("saw")]
    public void A_wave_with_corners_has_little_below_its_frequency(string wave)
    {
        // At 5123 Hz the fifth harmonic on would alias; 500 Hz is no harmonic and no sum of them.
        float[] sound = Hear(48000, ("wave", wave), ("freq", 5123));
        Assert.That(20 * Math.Log10(Amplitude(sound, 500)), Is.LessThan(-50));
    }

    [Test]
    public void White_noise_is_even_and_the_same_at_every_start()
    {
        float[] sound = Hear(48000, ("wave", "white"));
        Assert.That(Rms(sound), Is.EqualTo(1 / Math.Sqrt(3)).Within(0.01));
        Assert.That(sound.Average(), Is.EqualTo(0).Within(0.01));
        TearDownEngine();
        SetUpEngine();
        Assert.That(Hear(48000, ("wave", "white")), Is.EqualTo(sound));
    }

    [Test]
    public void Pink_noise_loses_three_decibels_an_octave_and_stays_in_range()
    {
        float[] sound = Hear(192_000, ("wave", "pink"));
        double low = Power(sound, 200, 400), high = Power(sound, 3200, 6400);

        // Octaves hold the same power; the average over one of them is that over its width, 16 times as wide here.
        Assert.That(10 * Math.Log10(low / high), Is.EqualTo(12.04).Within(1.5));
        Assert.That(sound.Max(Math.Abs), Is.LessThanOrEqualTo(1.0f));
    }

    [Test]
    public void A_sweep_goes_from_one_frequency_to_the_other_and_begins_again()
    {
        float[] sound = Hear(96000, ("wave", "sweep"), ("freq", 100), ("to", 1600), ("seconds", 1));
        int cycles = Rising(sound[..48000]);

        // The integral of 100 * 16^t over one second.
        Assert.That(cycles, Is.EqualTo(1500 / Math.Log(16)).Within(2));
        Assert.That(Rising(sound[48000..]), Is.EqualTo(cycles).Within(2));
        Assert.That(Rising(sound[..4800]), Is.EqualTo(100 * (Math.Pow(16, 0.1) - 1) / Math.Log(16)).Within(1.5));
    }

    [Test]
    public void Impulses_are_single_samples_at_their_rate()
    {
        float[] sound = Hear(4800, ("wave", "impulse"), ("freq", 100));
        int[] places = [.. Enumerable.Range(0, sound.Length).Where(i => sound[i] != 0)];
        Assert.That(places.Length, Is.EqualTo(10));
        Assert.That(places.Zip(places.Skip(1), (a, b) => b - a), Is.All.EqualTo(480));
        Assert.That(places.Select(i => sound[i]), Is.All.EqualTo(1f));
    }

    private float[] Hear(int frames, params (string Name, ParameterValue Value)[] arguments)
    {
        Open();
        Chain(Add("tone", arguments), Add("device_sink"));
        Engine.Start();
        return Device.Pull(frames)[0];
    }

    private static double Rms(float[] sound) => Math.Sqrt(sound.Average(x => (double)x * x));

    private static int Rising(float[] sound) => Enumerable.Range(1, sound.Length - 1).Count(i => sound[i - 1] < 0 && sound[i] >= 0);

    /// <summary>Mean power of frequencies from <paramref name="fromHz"/> to <paramref name="toHz"/>, looked at every 23 Hz.</summary>
    private static double Power(float[] sound, double fromHz, double toHz)
    {
        double sum = 0;
        int count = 0;
        for (double hz = fromHz; hz < toHz; hz += 23, count++)
        {
            double amplitude = Amplitude(sound, hz);
            sum += amplitude * amplitude;
        }

        return sum / count;
    }

    private static double Amplitude(float[] sound, double hz)
    {
        double re = 0, im = 0, turn = Math.Tau * hz / 48000;
        for (int i = 0; i < sound.Length; i++)
        {
            double window = 0.5 - (0.5 * Math.Cos(Math.Tau * i / sound.Length));
            re += sound[i] * window * Math.Cos(turn * i);
            im += sound[i] * window * Math.Sin(turn * i);
        }

        return 4 * Math.Sqrt((re * re) + (im * im)) / sound.Length;
    }
}
