// SPDX-License-Identifier: MIT
using AudioMesh.Backends;
using AudioMesh.Clock;
using AudioMesh.Files;
using AudioMesh.Graph;
using AudioMesh.Graph.Nodes;
using AudioMesh.Realtime;
using AudioMesh.Testing;

namespace AudioMesh.Engine.Tests;

/// <summary>The same graph and the same inputs give the same bits, however often and wherever they are rendered.</summary>
[NonParallelizable]
internal sealed partial class DeterminismTests
{
    private const int Rate = 48000;
    private const int Frames = Rate;

    /// <summary>Silence before all else, so that who listens from outside is there in time.</summary>
    private const int QuietMs = 300;

    /// <summary>Nodes that are not part of it: what they give is what a device, a plug-in or another program brings.</summary>
    private static readonly string[] FromOutside = ["device_source", "ladspa", "midi_clock"];

    private TemporaryFolder _folder = null!;

    [SetUp]
    public void SetUpInputs()
    {
        _folder = new TemporaryFolder();
        RepeatableRandom random = new(7);
        GraphTests.WriteWav(_folder.PathOf("same.wav"), Rate, 2, Noise(random, 2 * Frames));
        GraphTests.WriteWav(_folder.PathOf("other.wav"), 44100, 1, Noise(random, Frames));
    }

    [TearDown]
    public void RemoveInputs() => _folder.Dispose();

    [Test]
    public void The_same_graph_rendered_offline_twice_and_live_once_gives_identical_bits()
    {
        float[] first = RenderOffline("first.wav");
        Assert.That(first.Max(Math.Abs), Is.GreaterThan(0.1f));
        Assert.That(RenderOffline("second.wav"), Is.EqualTo(first), "offline, again");
        Assert.That(RenderLive(), Is.EqualTo(first), "live");
    }

    [Test]
    public void The_graph_that_is_compared_has_every_type_of_node()
    {
        using AudioEngine engine = new();
        Build(engine, _folder.PathOf("types.wav"));
        Assert.That(
            engine.Nodes.Types.Select(type => type.Name).Except(engine.GetGraph().Nodes.Select(node => node.Type.Name)).Except(FromOutside), Is.Empty);
    }

    private float[] RenderOffline(string name)
    {
        string device = _folder.PathOf("device-" + name);
        using (AudioEngine engine = new())
        {
            engine.OpenDevice("wav", new StreamRequest { Device = device, Rate = Rate, PeriodFrames = 128, Paced = false, Format = SampleFormat.Float32 });
            Build(engine, _folder.PathOf(name));
            RunFor(engine);
        }

        float[] onDevice = Read(device);
        float[] inFile = Read(_folder.PathOf(name));
        Assert.That(inFile, Is.EqualTo(onDevice), "what a node records is what the device plays");
        return onDevice;
    }

    // What a busy machine keeps from a disk or a ring is a gap that is told of, and not another rendering of the same.
    private float[] RenderLive()
    {
        for (int attempt = 0; attempt < 10; attempt++)
        {
            string path = _folder.PathOf($"live-{attempt}.wav");
            bool isWhole;
            using (AudioEngine engine = new())
            {
                engine.OpenDevice("null", new StreamRequest { Rate = Rate, PeriodFrames = 128, Paced = true });
                int sink = Build(engine, path);
                RunFor(engine);
                isWhole = IsWhole(engine, sink, $"live {attempt}");
            }

            if (isWhole)
            {
                return Read(path);
            }
        }

        throw new AssertionException("The machine was too busy ten times.");
    }

    private static bool IsWhole(AudioEngine engine, int sink, string what)
    {
        double late = engine.GetGraph().Nodes.Where(node => node is FileSourceNode).Sum(node => node.Get("underruns")!.Value.Number);
        double lost = engine.FindNode(sink).Get("lost_frames")!.Value.Number;
        EngineTelemetry telemetry = engine.GetTelemetry();
        TestContext.Out.WriteLine($"{what}: {late} gaps of files, {telemetry.Underruns} of apps, {lost} frames lost, {telemetry.Bypassed} nodes left out");
        return late + lost + telemetry.Underruns + telemetry.Bypassed == 0;
    }

    private static void RunFor(AudioEngine engine)
    {
        engine.Start();
        AwaitFrames(engine);
        engine.Stop();
    }

    private static void AwaitFrames(AudioEngine engine) =>
        Assert.That(() => engine.GetTelemetry().Placement.Position.Value, Is.GreaterThan(Frames + 4800).After(60_000, 5));

    private int Build(AudioEngine engine, string recording)
    {
        int mixer = Add(engine, "mixer");
        foreach (string wave in engine.Nodes.Find("tone").Find("wave")!.Choices)
        {
            Chain(engine, Add(engine, "tone", ("wave", wave), ("freq", 333.3), ("db", -24)), mixer);
        }

        Chain(engine, Add(engine, "file_source", ("path", _folder.PathOf("same.wav"))), Add(engine, "gain", ("db", -7.7)), mixer);
        Chain(engine, Add(engine, "file_source", ("path", _folder.PathOf("other.wav")), ("loop", true)), Add(engine, "pan", ("position", -0.3)), mixer);
        int app = Add(engine, "app_source", ("frames", 65536));
        FrameRing ring = ((IRingNode)engine.FindNode(app)).Ring;
        ring.Writer.Write(Noise(new RepeatableRandom(9), 2 * 65536), MeshTime.Unknown, FrameFlags.None);
        ring.Writer.Complete();
        Chain(engine, app, Add(engine, "delay", ("ms", 12.3)), mixer);
        Chain(engine, Add(engine, "tone", ("freq", 777), ("db", -30)), Add(engine, "resample", ("rate", 44100)), mixer);
        Chain(engine, Add(engine, "tone", ("wave", "pink"), ("db", -30)), Add(engine, "spatial", ("azimuth", 70), ("channels", 2)), mixer);
        Chain(engine, Add(engine, "tap"), Add(engine, "meter"));
        int meter = Add(engine, "meter");
        int sink = Add(engine, "file_sink", ("path", recording));
        Chain(engine, mixer, Add(engine, "channel_map", ("map", "1,0")), Add(engine, "delay", ("ms", QuietMs)), meter, Add(engine, "device_sink"));
        Chain(engine, meter, sink);
        Chain(engine, meter, Add(engine, "app_sink"));
        return sink;
    }

    private static float[] Read(string path)
    {
        using IAudioFileReader file = AudioFile.OpenRead(path);
        float[] samples = new float[Frames * file.Info.Channels];
        int read = 0;
        while (read < Frames && file.Read(samples.AsSpan(read * file.Info.Channels)) is > 0 and int frames)
        {
            read += frames;
        }

        Assert.That(read, Is.EqualTo(Frames), path);
        return samples;
    }

    private static float[] Noise(RepeatableRandom random, int samples) =>
        [.. Enumerable.Range(0, samples).Select(_ => random.NextSample() * 0.1f)];

    private static int Add(AudioEngine engine, string type, params (string Name, ParameterValue Value)[] arguments) =>
        engine.CreateNode(type, arguments.ToDictionary(a => a.Name, a => a.Value)).Id;

    private static void Chain(AudioEngine engine, params int[] nodes)
    {
        for (int i = 1; i < nodes.Length; i++)
        {
            engine.Connect(nodes[i - 1], nodes[i]);
        }
    }
}
