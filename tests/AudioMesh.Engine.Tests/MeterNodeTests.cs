// SPDX-License-Identifier: MIT
using System.Globalization;
using AudioMesh.Graph;

namespace AudioMesh.Engine.Tests;

/// <summary>What a meter measures of what passes it.</summary>
internal sealed class MeterNodeTests : EngineFixture
{
    private const int Rate = 48000;

    [Test]
    public void Peak_true_peak_and_rms_are_those_of_the_sound([Values(16, 64, 1000)] int period)
    {
        int meter = Begin(period);

        // A quarter of the rate, an eighth of a cycle off: the samples miss the peaks by 3 dB.
        Pull(i => 0.5 * Math.Sin((Math.PI / 2 * i) + (Math.PI / 4)), 4 * Rate);
        Assert.That(Level(meter, "peak_db"), Is.EqualTo(-9.03).Within(0.1));
        Assert.That(Level(meter, "true_peak_db"), Is.EqualTo(-6.02).Within(0.2));
        Assert.That(Level(meter, "rms_db"), Is.EqualTo(-9.03).Within(0.1));
    }

    [Test]
    public void Peaks_fall_by_20_dB_a_second_whatever_the_period([Values(16, 441, 4096)] int period)
    {
        int meter = Begin(period);
        Pull(i => i == 0 ? 1 : 0, period);
        double before = Level(meter, "peak_db");
        Pull(_ => 0, Rate / period * period);
        Assert.That(before - Level(meter, "peak_db"), Is.EqualTo(20).Within(1.9));
    }

    [Test]
    public void Going_over_the_limit_is_told_once_until_it_is_over()
    {
        int meter = Begin(64, ("limit_db", -6));
        Pull(i => 0.7 * Math.Sin(i * 0.05), 2 * Rate);
        Pull(_ => 0, 2 * Rate);
        Pull(i => 0.9 * Math.Sin(i * 0.05), Rate);
        EngineEvent first = Await(e => e.Value == "over");
        EngineEvent second = Await(e => e.Value == "over");
        Assert.That((first.NodeId, first.Channel, second.Kind), Is.EqualTo((meter, 0, EngineEventKind.Node)));
        Assert.That((first.LevelDb, second.LevelDb), Is.EqualTo((-3.1, -0.92)).Using<double?>((a, b) => Math.Abs(a!.Value - b!.Value) < 0.3));
        Set(meter, "limit_db", 6);
        Pull(_ => 0, 2 * Rate);
        Pull(i => 0.9 * Math.Sin(i * 0.05), Rate);
        Thread.Sleep(50);
        while (Events.Events.TryRead(out EngineEvent? late))
        {
            Assert.That(late.Value, Is.Not.EqualTo("over"));
        }
    }

    [Test]
    public void What_is_no_number_is_forgotten()
    {
        int meter = Begin(64);
        Pull(i => i == 10 ? double.NaN : 0.5, 640);
        Pull(_ => 0.5, 2 * Rate);
        Assert.That(Level(meter, "peak_db"), Is.EqualTo(-6.02).Within(0.1));
        Assert.That(Level(meter, "rms_db"), Is.EqualTo(-6.02).Within(0.1));
    }

    private int Begin(int period, params (string Name, ParameterValue Value)[] arguments)
    {
        Open(period, inputChannels: 1);
        int meter = Add("meter", [("channels", 1), .. arguments]);
        Chain(Add("device_source", ("channels", 1)), meter, Add("device_sink", ("channels", 1)));
        Engine.Start();
        return meter;
    }

    private void Pull(Func<int, double> sample, int frames) => Device.Pull(frames, [[.. Enumerable.Range(0, frames).Select(i => (float)sample(i))]]);

    private double Level(int meter, string name) => double.Parse(Engine.FindNode(meter).Get(name)!.Value.Text!, CultureInfo.InvariantCulture);
}
