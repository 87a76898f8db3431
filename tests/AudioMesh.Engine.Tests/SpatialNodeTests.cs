// SPDX-License-Identifier: MIT
using System.Numerics;
using AudioMesh.Graph;
using AudioMesh.Testing;

namespace AudioMesh.Engine.Tests;

/// <summary>Sound around a head, against the formulas of its model.</summary>
internal sealed class SpatialNodeTests : EngineFixture
{
    private const int Rate = 48000;
    private const double RadiusSeconds = 0.0875 / 343;

    [Test]
    public void Between_the_ears_lie_the_time_and_the_level_of_the_formulas(
        [Values(-90, -45, 0, 20, 60, 90, 135, 180)] double azimuth, [Values(-40, 0, 50)] double elevation)
    {
        float[][] heard = Impulse(("azimuth", azimuth), ("elevation", elevation));
        foreach (double hz in new[] { 200.0, 500, 1000, 2000, 4000, 8000 })
        {
            Complex between = Spectrum(heard[1], hz) / Spectrum(heard[0], hz);
            Complex formula = Ear(azimuth, elevation, 1, hz) / Ear(azimuth, elevation, -1, hz);
            Assert.That(20 * Math.Log10((between / formula).Magnitude), Is.Zero.Within(0.1), $"dB at {hz} Hz");
            Assert.That((between / formula).Phase / (Math.Tau * hz) * 1e6, Is.Zero.Within(2), $"microseconds at {hz} Hz");
        }
    }

    [Test]
    public void Left_and_right_are_each_others_image([Values(0, 30, 90, 150)] double azimuth)
    {
        float[][] right = Impulse(("azimuth", azimuth), ("elevation", 10));
        float[][] left = Impulse(("azimuth", -azimuth), ("elevation", 10));
        Assert.That(left[0], Is.EqualTo(right[1]));
        Assert.That(left[1], Is.EqualTo(right[0]));
        Assert.That(right[0], azimuth == 0 ? Is.EqualTo(right[1]) : Is.Not.EqualTo(right[1]));
    }

    [Test]
    public void Above_and_behind_do_not_sound_as_in_front()
    {
        float[] front = Impulse()[0];
        Assert.That(Impulse(("azimuth", 180))[0], Is.Not.EqualTo(front));
        Assert.That(Impulse(("elevation", 60))[0], Is.Not.EqualTo(front));
    }

    [Test]
    public void No_direction_makes_sound_much_louder_or_loses_it()
    {
        float[] noise = new float[9600];
        new RepeatableRandom(5).Fill(noise);
        double power = noise.Average(x => x * x);
        for (int azimuth = -180; azimuth <= 180; azimuth += 30)
        {
            for (int elevation = -90; elevation <= 90; elevation += 45)
            {
                float[][] heard = Through(noise, [("azimuth", azimuth), ("elevation", elevation)]);
                double both = heard.Sum(ear => ear.Average(x => x * x)) / power;
                Assert.That(10 * Math.Log10(both), Is.InRange(-9, 6), $"{azimuth} {elevation}");
            }
        }
    }

    [Test]
    public void Twice_as_far_is_half_as_loud()
    {
        float[][] near = Impulse(("azimuth", 50), ("distance", 1));
        float[][] far = Impulse(("azimuth", 50), ("distance", 2));
        Assert.That(far[0], Is.EqualTo(near[0].Select(x => x / 2)).Within(1e-7f));
    }

    [Test]
    public void Two_channels_stand_apart_by_their_spread()
    {
        float[][] pair = Impulse(("channels", 2), ("azimuth", 10), ("spread", 40));
        float[][] left = Impulse(("azimuth", -10));
        Assert.That(pair[0], Is.EqualTo(left[0]));
        Assert.That(pair[1], Is.EqualTo(left[1]));
    }

    [Test]
    public void A_source_that_moves_or_jumps_does_not_click()
    {
        Open(inputChannels: 1);
        int spatial = Add("spatial");
        Chain(Add("device_source", ("channels", 1)), spatial, Add("device_sink"));
        Engine.Start();
        float[] tone = [.. Enumerable.Range(0, Rate).Select(i => (float)Math.Sin(i * Math.Tau * 300 / Rate))];
        List<float> left = [];
        for (int done = 0; done < Rate; done += 64)
        {
            (string Name, double Value) set = (done / 64 % 150) switch
            {
                20 => ("azimuth", -90),
                60 => ("azimuth", 90),
                90 => ("elevation", 80),
                100 => ("distance", 0.5),
                120 => ("distance", 4),
                _ => ("azimuth", ((done / 64 * 3) % 360) - 180),
            };
            Set(spatial, set.Name, set.Value);
            left.AddRange(Device.Pull(64, [tone[done..(done + 64)]])[0]);
        }

        float[] fourth = [.. left];
        for (int order = 0; order < 4; order++)
        {
            for (int i = fourth.Length - 1; i > order; i--)
            {
                fourth[i] -= fourth[i - 1];
            }
        }

        Assert.That(left.Max(), Is.GreaterThan(0.3f));
        Assert.That(fourth[200..].Max(MathF.Abs), Is.LessThan(5e-4f), "a step of 1 would be 6 here: no step above -80 dB");
    }

    [Test]
    public void Blocks_of_any_length_sound_the_same_to_the_bit()
    {
        float[] noise = new float[16384];
        new RepeatableRandom(7).Fill(noise);
        float[][] first = Through(noise, [("azimuth", 77)], period: 64);
        foreach (int period in new[] { 16, 100, 1024, 8192 })
        {
            float[][] other = Through(noise, [("azimuth", 77)], period);
            Assert.That(other[0], Is.EqualTo(first[0]), $"{period}");
            Assert.That(other[1], Is.EqualTo(first[1]), $"{period}");
        }
    }

    [Test]
    public void Its_latency_is_when_the_middle_of_the_head_would_hear_it()
    {
        float[][] heard = Impulse(("elevation", 90));
        int first = Array.FindIndex(heard[0], x => x > 0.2f);
        Assert.That(first, Is.EqualTo(_latency));
    }

    [Test]
    public void Moving_allocates_nothing()
    {
        Open(inputChannels: 2);
        int spatial = Add("spatial", ("channels", 2));
        Chain(Add("device_source"), spatial, Add("device_sink"));
        Engine.Start();
        Engine.SetParameters(spatial, new Dictionary<string, ParameterValue> { ["azimuth"] = 170 }, new SetTiming(60_000, null));
        AllocationGate.AssertNone(new PeriodProbe(Device).Pull);
    }

    [Test]
    public void A_move_takes_as_long_as_asked_and_goes_the_short_way()
    {
        Open(inputChannels: 1);
        int spatial = Add("spatial", ("azimuth", 170));
        Chain(Add("device_source", ("channels", 1)), spatial, Add("device_sink"));
        Engine.Start();
        Device.Pull(64, [new float[64]]);
        Engine.SetParameters(spatial, new Dictionary<string, ParameterValue> { ["azimuth"] = -170 }, new SetTiming(100, null));
        float[] noise = new float[9600];
        new RepeatableRandom(2).Fill(noise);
        float[][] heard = Device.Pull(9600, [noise]);
        double LevelDb(Range range) => 10 * Math.Log10(heard[1][range].Sum(x => x * x) / heard[0][range].Sum(x => x * x));
        Assert.That(LevelDb(200..1000), Is.GreaterThan(0.3), "on the right at first");
        Assert.That(LevelDb(6000..9600), Is.LessThan(-0.3), "on the left at last");
        Assert.That(Math.Abs(LevelDb(1000..4000)), Is.LessThan(2), "behind, never in front of an ear");
    }

    private int _latency;

    private float[][] Impulse(params (string Name, ParameterValue Value)[] arguments) => Through([1, .. new float[2047]], arguments);

    private float[][] Through(float[] input, (string Name, ParameterValue Value)[] arguments, int period = 64)
    {
        Open(period, inputChannels: 2);
        int spatial = Add("spatial", arguments);
        int channels = (int)Engine.FindNode(spatial).Get("channels")!.Value.Number;
        int source = Add("device_source", ("channels", channels));
        Chain(source, spatial, Add("device_sink"));
        Engine.Start();
        float[][] heard = Device.Pull(input.Length, [input, new float[input.Length]]);
        _latency = Engine.FindNode(spatial).LatencyFrames;
        TearDownEngine();
        SetUpEngine();
        return heard;
    }

    private static Complex Spectrum(float[] response, double hz)
    {
        Complex sum = 0;
        for (int i = 0; i < response.Length; i++)
        {
            sum += response[i] * Complex.Exp(new Complex(0, -Math.Tau * hz * i / Rate));
        }

        return sum;
    }

    // Brown and Duda's head shadow, at the frequency to which the bilinear transform moves it, and Woodworth's delay.
    private static Complex Ear(double azimuth, double elevation, int side, double hz)
    {
        double incidence = Math.Acos(side * Math.Sin(azimuth * Math.PI / 180) * Math.Cos(elevation * Math.PI / 180));
        double alpha = 1.05 + (0.95 * Math.Cos(incidence / (150 * Math.PI / 180) * Math.PI));
        double warped = 2 * Rate * Math.Tan(Math.PI * hz / Rate);
        Complex turn = new(0, warped * RadiusSeconds / 2);
        double delay = RadiusSeconds * (incidence < Math.PI / 2 ? -Math.Cos(incidence) : incidence - (Math.PI / 2));
        return (1 + (alpha * turn)) / (1 + turn) * Complex.Exp(new Complex(0, -Math.Tau * hz * delay));
    }
}
