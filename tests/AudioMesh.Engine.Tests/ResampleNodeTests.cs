// SPDX-License-Identifier: MIT
using AudioMesh.Graph;
using AudioMesh.Graph.Nodes;
using AudioMesh.Realtime;
using AudioMesh.Testing;

namespace AudioMesh.Engine.Tests;

/// <summary>Parts of a graph that run at another rate than the device.</summary>
internal sealed class ResampleNodeTests : EngineFixture
{
    [Test]
    public void What_is_before_it_runs_at_its_rate_and_keeps_its_pitch_and_level(
        [Values(8000, 44100, 47999, 96000, 192000)] int rate, [Values(16, 64, 441, 1024)] int period)
    {
        Open(period);
        int tone = Add("tone", ("freq", 1000));
        int resample = Add("resample", ("rate", rate));
        Chain(tone, resample, Add("device_sink"));
        Engine.Start();
        float[] sound = Device.Pull(48000 / period * period)[0];
        GraphNode node = Engine.FindNode(resample);
        Assert.That((node.Get("before")!.Value.Number, node.Get("after")!.Value.Number), Is.EqualTo(((double)rate, 48000.0)));
        SineFit fit = new(sound.AsSpan(24000..40000), 1000.0 / 48000);
        Assert.That(fit.Amplitude(), Is.EqualTo(1).Within(1e-3));
        Assert.That(fit.ResidualDb(), Is.LessThan(-110));
    }

    [Test]
    public void Blocks_of_any_length_sound_the_same_to_the_bit()
    {
        float[] Play(int period)
        {
            Open(period);
            Chain(Add("tone", ("wave", "pink")), Add("gain", ("db", -3)), Add("resample", ("rate", 44100)), Add("device_sink"));
            Engine.Start();
            float[] sound = Device.Pull(period * (20000 / period))[0];
            TearDownEngine();
            SetUpEngine();
            return sound[..16384];
        }

        float[] first = Play(64);
        Assert.That(Play(16), Is.EqualTo(first));
        Assert.That(Play(1000), Is.EqualTo(first));
        Assert.That(Play(8192), Is.EqualTo(first));
    }

    [Test]
    public void Its_latency_is_the_one_it_reports([Values("linear", "low", "medium", "high", "best")] string quality, [Values(32000, 44100, 96000)] int rate)
    {
        Open(64);
        int resample = Add("resample", ("rate", rate), ("quality", quality));
        Chain(Add("tone", ("wave", "impulse"), ("freq", 1)), resample, Add("device_sink"));
        Engine.Start();
        float[] sound = Device.Pull(4096)[0];
        int peak = Array.IndexOf(sound, sound.Max());
        Assert.That(Engine.FindNode(resample).LatencyFrames, Is.EqualTo(peak).Within(2));
    }

    [Test]
    public void What_records_behind_it_runs_at_its_rate_when_the_device_is_before_it()
    {
        using TemporaryFolder folder = new();
        string path = folder.PathOf("take.wav");
        Open(inputChannels: 1);
        int sink = Add("file_sink", ("path", path), ("channels", 1));
        Chain(Add("device_source", ("channels", 1)), Add("resample", ("rate", 44100), ("channels", 1)), sink);
        Engine.Start();
        Device.Pull(48000, [[.. Enumerable.Range(0, 48000).Select(i => (float)Math.Sin(i * Math.Tau * 1000 / 48000))]]);
        Engine.Stop();
        Engine.DestroyNode(sink);
        using Files.IAudioFileReader file = Files.AudioFile.OpenRead(path);
        Assert.That((file.Info.Rate, file.Info.Frames), Is.EqualTo((44100, 44100L)));
        float[] read = new float[44100];
        file.Read(read);
        Assert.That(new SineFit(read.AsSpan(20000..40000), 1000.0 / 44100).ResidualDb(), Is.LessThan(-110));
    }

    [Test]
    public void Between_two_device_nodes_it_passes_every_bit()
    {
        Open(inputChannels: 1);
        int resample = Add("resample", ("rate", 44100), ("channels", 1));
        Chain(Add("device_source", ("channels", 1)), resample, Add("device_sink", ("channels", 1)));
        Engine.Start();
        float[] noise = new float[4096];
        new RepeatableRandom(3).Fill(noise);
        Assert.That(Device.Pull(4096, [noise])[0], Is.EqualTo(noise));
        Assert.That(Engine.FindNode(resample).LatencyFrames, Is.Zero);
    }

    [Test]
    public void Two_rates_for_one_node_are_refused_and_nothing_changes()
    {
        Open();
        int tone = Add("tone");
        int sink = Add("device_sink");
        Chain(tone, Add("resample", ("rate", 44100)), sink);
        int other = Add("resample", ("rate", 96000));
        Engine.Connect(other, sink);
        AudioMeshException error = Assert.Throws<AudioMeshException>(() => Engine.Connect(tone, other))!;
        Assert.That((error.Kind, error.Field), Is.EqualTo((AudioErrorKind.InvalidArgument, "args.rate")));
        Assert.That(error.Message, Does.Contain("96000").And.Contain("44100").And.Contain("tone"));
        Assert.That(Engine.GetGraph().Connections, Has.Count.EqualTo(3));
    }

    [Test]
    public void Rates_may_follow_each_other()
    {
        Open();
        int tone = Add("tone", ("freq", 500));
        int first = Add("resample", ("rate", 22050));
        int second = Add("resample", ("rate", 96000));
        Chain(tone, first, Add("gain"), second, Add("device_sink"));
        Engine.Start();
        float[] sound = Device.Pull(48000)[0];
        Assert.That((Rates(first), Rates(second)), Is.EqualTo(((22050, 96000), (96000, 48000))));
        Assert.That(new SineFit(sound.AsSpan(24000..40000), 500.0 / 48000).ResidualDb(), Is.LessThan(-110));
    }

    [Test]
    public void A_graph_built_while_it_runs_sounds_as_one_built_before()
    {
        Open();
        Engine.Start();
        WhilePulling(() =>
        {
            int tone = Add("tone", ("freq", 1000));
            int gain = Add("gain");
            int resample = Add("resample", ("rate", 44100));
            int sink = Add("device_sink");
            Chain(resample, sink);
            Chain(tone, gain, resample);
            Thread.Sleep(50);
            Engine.Disconnect(tone, gain);
            Engine.Connect(tone, sink);
            Engine.Disconnect(tone, sink);
            Engine.Connect(tone, gain);
            Thread.Sleep(50);
        });
        float[] sound = Device.Pull(48000)[0];
        SineFit fit = new(sound.AsSpan(24000..40000), 1000.0 / 48000);
        Assert.That(fit.Amplitude(), Is.EqualTo(1).Within(1e-3));
        Assert.That(fit.ResidualDb(), Is.LessThan(-110));
    }

    [Test]
    public void Latencies_are_counted_in_the_devices_frames_wherever_they_are()
    {
        int source = Add("app_source", ("rate", 96000));
        Chain(source, Add("delay", ("ms", 10)), Add("resample", ("rate", 96000), ("quality", "linear")), Add("device_sink"));
        Open();
        Assert.That(
            Engine.GetLatency(source).Hops.Select(hop => (hop.Name, hop.Frames)).Skip(1).Take(2),
            Is.EqualTo(new[] { ("delay", 480L), ("resample", 2L) }));
    }

    [Test]
    public void What_an_app_writes_at_its_rate_passes_to_the_bit_on_that_side()
    {
        Open();
        int source = Add("app_source", ("rate", 44100), ("frames", 16384));
        int sink = Add("app_sink", ("rate", 44100), ("frames", 16384));
        Chain(source, Add("resample", ("rate", 44100)), Add("device_sink"));
        Engine.Connect(source, sink);
        float[] noise = new float[2 * 16384];
        new RepeatableRandom(6).Fill(noise);
        ((IRingNode)Engine.FindNode(source)).Ring.Writer.Write(noise, Clock.MeshTime.Unknown, FrameFlags.None);
        Engine.Start();
        Device.Pull(4800 / 64 * 64);
        float[] taken = new float[2 * 4096];
        FrameRing ring = ((IRingNode)Engine.FindNode(sink)).Ring;
        for (int done = 0; done < taken.Length;)
        {
            int frames = ring.Reader.Read(taken.AsSpan(done), out _);
            Assert.That(frames, Is.Positive);
            done += 2 * frames;
        }

        Assert.That(taken, Is.EqualTo(noise[..taken.Length]));
    }

    [Test]
    public void Converting_allocates_nothing()
    {
        Open(inputChannels: 2);
        Chain(Add("tone"), Add("resample", ("rate", 44100)), Add("delay"), Add("resample", ("rate", 96000)), Add("device_sink"));
        Engine.Start();
        AllocationGate.AssertNone(new PeriodProbe(Device).Pull);
        Assert.That(Engine.GetTelemetry().AllocatedBytes, Is.Zero);
    }

    private (int Before, int After) Rates(int node) =>
        ((int)Engine.FindNode(node).Get("before")!.Value.Number, (int)Engine.FindNode(node).Get("after")!.Value.Number);
}
