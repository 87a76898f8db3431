// SPDX-License-Identifier: MIT
namespace AudioMesh.Engine.Tests;

/// <summary>Nodes that place, order and delay channels.</summary>
internal sealed class ChannelNodeTests : EngineFixture
{
    [TestCase(-1, 1f, 0f)]
    [TestCase(0, 0.70710677f, 0.70710677f)]
    [TestCase(1, 0f, 1f)]
    public void A_mono_signal_is_panned_with_equal_power(double position, float left, float right)
    {
        float[][] sound = Through("pan", 1, [Ones(64)], ("position", position));
        Assert.That((sound[0][63], sound[1][63]), Is.EqualTo((left, right)));
    }

    [Test]
    public void A_stereo_signal_keeps_the_side_it_is_turned_to()
    {
        float[][] sound = Through("pan", 2, [Ones(64), Ones(64)], ("position", 1), ("channels", 2));
        Assert.That((sound[0][63], sound[1][63]), Is.EqualTo((0f, 1f)));
    }

    [Test]
    public void A_pan_that_is_set_does_not_step()
    {
        Open(inputChannels: 1);
        int source = Add("device_source", ("channels", 1));
        int pan = Add("pan", ("position", -1));
        Chain(source, pan, Add("device_sink"));
        Engine.Start();
        Device.Pull(64, [Ones(64)]);
        Set(pan, "position", 1);
        float[][] sound = Device.Pull(512, [Ones(512)]);
        Assert.That(LargestStep(sound[0]), Is.LessThan(0.02f));
        Assert.That((sound[0][511], sound[1][511]), Is.EqualTo((0f, 1f)));
    }

    [TestCase("1,0", 2f, 1f)]
    [TestCase("0+1,-", 3f, 0f)]
    [TestCase("1,1", 2f, 2f)]
    [TestCase("", 1f, 2f)]
    public void Channels_are_mapped_as_written(string map, float left, float right)
    {
        float[][] sound = Through("channel_map", 2, [Ones(64), [.. Ones(64).Select(x => 2 * x)]], ("map", map));
        Assert.That((sound[0][63], sound[1][63]), Is.EqualTo((left, right)));
    }

    [TestCase("1")]
    [TestCase("0,2")]
    [TestCase("0,-1")]
    [TestCase("0,1,")]
    [TestCase("0++1,1")]
    public void A_map_that_makes_no_sense_is_refused_and_named(string map) => Assert.That(
        () => Add("channel_map", ("map", map)),
        Throws.TypeOf<AudioMeshException>().With.Property("Kind").EqualTo(AudioErrorKind.InvalidArgument).And.Property("Field").EqualTo("args.map"));

    [Test]
    public void A_delay_gives_back_the_same_samples_later()
    {
        Open(inputChannels: 1);
        Chain(Add("device_source", ("channels", 1)), Add("delay", ("ms", 1), ("channels", 1)), Add("device_sink", ("channels", 1)));
        Engine.Start();
        float[] ramp = [.. Enumerable.Range(1, 256).Select(i => i / 256f)];
        float[] sound = Device.Pull(256, [ramp])[0];
        Assert.That(sound[..48], Is.All.Zero);
        Assert.That(sound[48..], Is.EqualTo(ramp[..208]));
    }

    [Test]
    public void A_delay_that_is_set_fades_over()
    {
        Open(inputChannels: 1);
        int delay = Add("delay", ("ms", 0), ("channels", 1));
        Chain(Add("device_source", ("channels", 1)), delay, Add("device_sink", ("channels", 1)));
        Engine.Start();
        float[] sine = [.. Enumerable.Range(0, 4096).Select(i => MathF.Sin(i * MathF.Tau / 96))];
        Device.Pull(1024, [sine[..1024]]);

        // Half a wave of 96 frames later: a jump would be a step of nearly 2.
        Set(delay, "ms", 1);
        float[] sound = Device.Pull(3072, [sine[1024..]])[0];
        Assert.That(LargestStep(sound), Is.LessThan(0.1f));
        Assert.That(sound[^1], Is.EqualTo(sine[4095 - 48]));
    }

    [Test]
    public void A_delay_longer_than_its_longest_is_refused()
    {
        int delay = Add("delay", ("longest", 10));
        Assert.That(
            () => Set(delay, "ms", 11),
            Throws.TypeOf<AudioMeshException>().With.Property("Allowed").EqualTo("0..10"));
    }

    private float[][] Through(string type, int inputs, float[][] sound, params (string Name, Graph.ParameterValue Value)[] arguments)
    {
        Open(inputChannels: inputs);
        Chain(Add("device_source", ("channels", inputs)), Add(type, arguments), Add("device_sink"));
        Engine.Start();
        return Device.Pull(64, sound);
    }

    private static float[] Ones(int frames)
    {
        float[] samples = new float[frames];
        Array.Fill(samples, 1);
        return samples;
    }
}
