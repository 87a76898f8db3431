// SPDX-License-Identifier: MIT
using AudioMesh.Graph;
using AudioMesh.Graph.Nodes;
using AudioMesh.Realtime;
using AudioMesh.Testing;

namespace AudioMesh.Engine.Tests;

internal sealed class GraphTests : EngineFixture
{
    [Test]
    public void Tone_through_gain_has_the_level_and_frequency_asked_for()
    {
        Open();
        Chain(Add("tone", ("freq", 440)), Add("gain", ("db", -6)), Add("device_sink"));
        Engine.Start();
        float[] sound = Device.Pull(48000)[0];

        double rms = Math.Sqrt(sound.Average(x => (double)x * x));
        int rising = Enumerable.Range(1, sound.Length - 1).Count(i => sound[i - 1] < 0 && sound[i] >= 0);
        Assert.That(20 * Math.Log10(rms * Math.Sqrt(2)), Is.EqualTo(-6).Within(0.01));
        Assert.That(rising, Is.EqualTo(440).Within(1));
    }

    [Test]
    public void An_app_source_reaches_the_device_bit_for_bit()
    {
        Open();
        int source = Add("app_source", ("frames", 4096), ("channels", 2));
        Chain(source, Add("device_sink"));
        float[] ramp = [.. Enumerable.Range(0, 8192).Select(i => (i - 4096) / 3000f)];
        FrameRingWrite(source, ramp);
        Engine.Start();
        float[][] sound = Device.Pull(4096);
        Assert.That(sound[0], Is.EqualTo(ramp.Where((_, i) => i % 2 == 0)));
        Assert.That(sound[1], Is.EqualTo(ramp.Where((_, i) => i % 2 == 1)));
    }

    [Test]
    public void Sources_add_up_in_a_mixer_and_sinks_add_up_on_the_device()
    {
        Open(inputChannels: 2);
        int left = Add("device_source", ("channels", 1), ("first", 0));
        int right = Add("device_source", ("channels", 1), ("first", 1));
        int mixer = Add("mixer", ("channels", 1));
        Chain(left, mixer, Add("device_sink", ("channels", 1)));
        Engine.Connect(right, mixer);
        Chain(left, Add("device_sink", ("channels", 1), ("first", 0)));
        Engine.Start();
        float[][] sound = Device.Pull(64, [Fill(64, 0.25f), Fill(64, 0.5f)]);
        Assert.That(sound[0], Is.All.EqualTo(1.0f));
        Assert.That(sound[1], Is.All.EqualTo(0f));
    }

    [TestCase(1, 2, 0.5f, 0.5f)]
    [TestCase(2, 1, 0.375f, 0f)]
    [TestCase(2, 2, 0.5f, 0.25f)]
    public void Channels_are_joined_as_documented(int from, int to, float first, float second)
    {
        Open(inputChannels: 2);
        Chain(Add("device_source", ("channels", from)), Add("device_sink", ("channels", to)));
        Engine.Start();
        float[][] sound = Device.Pull(64, [Fill(64, 0.5f), Fill(64, 0.25f)]);
        Assert.That((sound[0][10], sound[1][10]), Is.EqualTo((first, second)));
    }

    [Test]
    public void A_node_that_may_be_rendered_outlives_a_plan_that_never_was()
    {
        Open();
        int source = Add("app_source");
        FrameRing ring = ((AppSourceNode)Engine.FindNode(source)).Ring;
        Engine.Start();
        Device.Pull(64);
        Add("tone");
        Engine.DestroyNode(source);
        Assert.That(ring.IsCurrent, Is.True);
        Device.Pull(64);
        Assert.That(() => ring.IsCurrent, Is.False.After(10_000, 10));
    }

    [Test]
    public void A_cycle_is_refused_with_its_path_named()
    {
        int first = Add("gain");
        int second = Add("gain");
        int third = Add("mixer");
        Chain(first, second, third);
        AudioMeshException error = Assert.Throws<AudioMeshException>(() => Engine.Connect(third, first))!;
        Assert.That(error.Kind, Is.EqualTo(AudioErrorKind.InvalidArgument));
        Assert.That(error.Message, Does.Contain("1 > 2 > 3 > 1"));
    }

    [Test]
    public void Connecting_and_disconnecting_while_it_plays_makes_no_step()
    {
        Open(inputChannels: 1, outputChannels: 1);
        int source = Add("device_source", ("channels", 1));
        int sink = Add("device_sink", ("channels", 1));
        Engine.Start();
        Device.Pull(64, [Fill(64, 1)]);
        Engine.Connect(source, sink);
        float[] begun = Device.Pull(512, [Fill(512, 1)])[0];
        float[]? ended = null;
        Task removal = Task.Run(() => Engine.Disconnect(source, sink));
        List<float> rest = [];
        while (!removal.IsCompleted)
        {
            rest.AddRange(Device.Pull(64, [Fill(64, 1)])[0]);
        }

        rest.AddRange(Device.Pull(64, [Fill(64, 1)])[0]);
        ended = [.. rest];
        Assert.That((begun[0], begun[^1]), Is.EqualTo((0f, 1f)));
        Assert.That(ended[^1], Is.Zero);
        Assert.That(Math.Max(LargestStep(begun), LargestStep(ended)), Is.LessThan(2f / RampedValue.RampFrames));
    }

    [Test]
    public void A_gain_that_is_set_ramps_and_ends_exactly()
    {
        Open(inputChannels: 1, outputChannels: 1);
        int gain = Add("gain", ("channels", 1), ("db", 0));
        Chain(Add("device_source", ("channels", 1)), gain, Add("device_sink", ("channels", 1)));
        Engine.Start();
        Set(gain, "db", -120);
        float[] sound = Device.Pull(512, [Fill(512, 1)])[0];
        Assert.That(sound[^1], Is.Zero);
        Assert.That(LargestStep(sound), Is.LessThan(2f / RampedValue.RampFrames));
    }

    [Test]
    public void The_graph_changes_under_a_running_device_without_a_fault_or_an_allocation_there()
    {
        Open();
        int tone = Add("tone");
        int sink = Add("device_sink");
        Chain(tone, sink);
        Engine.Start();
        WhilePulling(() =>
        {
            for (int i = 0; i < 60; i++)
            {
                int gain = Add("gain");
                Chain(tone, gain, sink);
                Engine.DestroyNode(gain);
            }
        });
        Assert.That(Engine.GetGraph().Nodes, Has.Count.EqualTo(2));
        Assert.That(Engine.GetTelemetry().Periods, Is.GreaterThan(60));
    }

    [Test]
    public void Rendering_every_node_type_allocates_nothing()
    {
        using TemporaryFolder folder = new();
        string path = folder.PathOf("noise.wav");
        WriteWav(path, 48000, 1, Fill(480, 0.1f));
        Open(inputChannels: 2);
        int mixer = Add("mixer");
        Chain(Add("tone"), Add("gain"), Add("meter"), mixer, Add("device_sink"));
        Chain(Add("device_source"), mixer);
        Chain(Add("file_source", ("path", path), ("loop", true)), mixer);
        int source = Add("app_source");
        Chain(source, mixer);
        Chain(mixer, Add("app_sink"));
        Chain(mixer, Add("file_sink", ("path", folder.PathOf("out.wav"))));
        Engine.Start();
        PeriodProbe probe = new(Device);
        AllocationGate.AssertNone(probe.Pull);
        Assert.That(Engine.GetTelemetry().AllocatedBytes, Is.Zero);
    }

    [Test]
    public void A_meter_measures_what_passes()
    {
        Open(inputChannels: 1, outputChannels: 1);
        int meter = Add("meter", ("channels", 1));
        Chain(Add("device_source", ("channels", 1)), meter, Add("device_sink", ("channels", 1)));
        Engine.Start();
        float[] sound = Device.Pull(48000, [Fill(48000, 0.5f)])[0];
        GraphNode node = Engine.FindNode(meter);
        Assert.That(sound[100], Is.EqualTo(0.5f));
        Assert.That(double.Parse(node.Get("peak_db")!.Value.Text!), Is.EqualTo(-6.0).Within(0.1));
        Assert.That(double.Parse(node.Get("rms_db")!.Value.Text!), Is.EqualTo(-6.0).Within(0.5));
    }

    [Test]
    public void Periods_longer_than_a_block_are_rendered_whole()
    {
        Open(periodFrames: 2000, inputChannels: 1, outputChannels: 1);
        Chain(Add("device_source", ("channels", 1)), Add("device_sink", ("channels", 1)));
        Engine.Start();
        float[] ramp = [.. Enumerable.Range(0, 4000).Select(i => i / 4000f)];
        Assert.That(Device.Pull(4000, [ramp])[0], Is.EqualTo(ramp));
    }

    internal static float[] Fill(int frames, float value) => [.. Enumerable.Repeat(value, frames)];

    internal static void WriteWav(string path, int rate, int channels, float[] interleaved)
    {
        using Files.IAudioFileWriter file = Files.AudioFile.Create(
            path, new Files.AudioFileOptions { Rate = rate, Channels = channels, Format = Files.FileSampleFormat.Float32 });
        file.Write(interleaved);
    }

    private void FrameRingWrite(int source, float[] interleaved) =>
        ((IRingNode)Engine.FindNode(source)).Ring.Writer.Write(interleaved, Clock.MeshTime.Unknown, Realtime.FrameFlags.None);
}
