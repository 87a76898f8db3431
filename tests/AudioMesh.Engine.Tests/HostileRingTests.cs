// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Graph;
using AudioMesh.Graph.Nodes;
using AudioMesh.Realtime;
using AudioMesh.Testing;
using Microsoft.Win32.SafeHandles;

namespace AudioMesh.Engine.Tests;

/// <summary>Rings whose other end writes what it likes.</summary>
internal sealed unsafe class HostileRingTests : EngineFixture
{
    // Left alone, or the stream would be over soon and its reader have nothing more to do.
    private const int WriterState = (128 + 32) / 4;

    [TestCase(float.NaN)]
    [TestCase(float.PositiveInfinity)]
    [TestCase(float.NegativeInfinity)]
    [TestCase(float.MaxValue)]
    [TestCase(-2e9f)]
    public void What_is_no_sound_is_a_gap_up_to_the_end_of_its_block(float sample)
    {
        Device.Freewheels = true;
        Open();
        AppSourceNode source = Source(("frames", 4096), ("channels", 2));
        Chain(source.Id, Add("device_sink"));
        Engine.Start();
        float[] sound = GraphTests.Fill(2 * 4096, 0.5f);
        sound[(2 * 2000) + 1] = sample;
        source.Ring.Writer.Write(sound, MeshTime.Unknown, FrameFlags.None);
        float[][] heard = Device.Pull(4096);
        Assert.That(heard[0].Concat(heard[1]).All(float.IsFinite));
        Assert.That(heard[0].Skip(256).All(x => Math.Abs(x - 0.5) < 0.1), "what is missing is predicted");
        Assert.That(source.Get("invalid_frames")!.Value.Number, Is.EqualTo(2048 - 2000));
        Assert.That((source.Underruns, source.UnderrunFrames), Is.EqualTo((1L, 48L)));
        Assert.That(heard[0][3000], Is.EqualTo(0.5f), "and the ring plays on");
    }

    [Test]
    public void The_largest_sound_passes()
    {
        Open();
        AppSourceNode source = Source(("frames", 1024), ("channels", 2), ("gaps", "silence"));
        AppSinkNode sink = (AppSinkNode)Engine.FindNode(Add("app_sink"));
        Chain(source.Id, sink.Id);
        Engine.Start();
        source.Ring.Writer.Write(GraphTests.Fill(2 * 1024, -1e9f), MeshTime.Unknown, FrameFlags.None);
        Device.Pull(1024);
        float[] read = new float[2048];
        sink.Ring.Reader.Read(read, out _);
        Assert.That(read[1024..], Is.All.EqualTo(-1e9f));
        Assert.That(source.Get("invalid_frames")!.Value.Number, Is.Zero);
    }

    [Test]
    [Platform("Linux")]
    public void A_neighbour_that_scribbles_over_its_whole_ring_is_heard_by_nobody_else([Values("off", "auto")] string drift, [Values(48000, 44100)] int rate)
    {
        Open();
        FrameRingOptions options = new() { CapacityFrames = 1024, Channels = 2, Rate = rate };
        using SafeFileHandle sourceFile = MemFd.Create(FrameRing.BytesNeeded(options));
        using SafeFileHandle sinkFile = MemFd.Create(FrameRing.BytesNeeded(options));
        (string, ParameterValue)[] shape = [("memfd", 5), ("frames", 1024), ("rate", rate), ("drift", drift)];
        AppSourceNode bad = (AppSourceNode)Join("app_source", sourceFile, shape);
        AppSinkNode badSink = (AppSinkNode)Join("app_sink", sinkFile, shape);
        AppSourceNode good = Source(("frames", 1 << 19), ("gaps", "silence"));
        AppSinkNode heard = (AppSinkNode)Engine.FindNode(Add("app_sink", ("frames", 1 << 19)));
        AppSinkNode noise = (AppSinkNode)Engine.FindNode(Add("app_sink", ("frames", 1 << 19)));
        Chain(bad.Id, badSink.Id);
        Chain(bad.Id, noise.Id);
        Chain(good.Id, heard.Id);
        Engine.Start();
        const int Frames = 64 * 6000;
        good.Ring.Writer.Write(GraphTests.Fill(2 * (1 << 19), 0.25f), MeshTime.Unknown, FrameFlags.None);
        using MemFd.Mapping sourceMemory = new(sourceFile);
        using MemFd.Mapping sinkMemory = new(sinkFile);
        bool isOver = false;
        Thread scribbler = new(() =>
        {
            RepeatableRandom random = new(17);
            while (!Volatile.Read(ref isOver))
            {
                MemFd.Mapping memory = random.Next(2) == 0 ? sourceMemory : sinkMemory;
                bool isHeader = random.Next(2) == 0;
                int word = random.Next(isHeader ? 96 : (int)memory.Bytes / 4);
                word = word == WriterState ? WriterState + 1 : word;
                ((uint*)memory.Address)[word] = random.Next(3) == 0 ? 1u << random.Next(32) : (uint)random.NextBits();
            }
        });
        scribbler.Start();
        Device.Pull(Frames);
        Volatile.Write(ref isOver, true);
        scribbler.Join();

        float[] read = new float[2 * Frames];
        Assert.That(heard.Ring.Reader.Read(read, out _), Is.EqualTo(Frames));
        Assert.That(read.Skip(512).All(x => x == 0.25f));
        noise.Ring.Reader.Read(read, out _);
        Assert.That(read.All(float.IsFinite));
        foreach (string figure in new[] { "fill", "position", "underruns", "faults", "drift_ppm" })
        {
            Assert.That(double.IsFinite(bad.Get(figure)!.Value.Number), figure);
        }

        Assert.That(bad.Get("position")!.Value.Number, Is.GreaterThan(1024), "it was read all the while");
        Assert.That(bad.Get("fill")!.Value.Number, Is.InRange(0, 1024));
        Assert.That(bad.Get("faults")!.Value.Number + badSink.Get("faults")!.Value.Number, Is.Positive);
    }

    [Test]
    [Platform("Linux")]
    public void Memory_that_is_taken_away_while_it_plays_is_silence()
    {
        Open();
        FrameRingOptions options = new() { CapacityFrames = 1 << 16, Channels = 2, Rate = 48000 };
        using SafeFileHandle file = MemFd.Create(FrameRing.BytesNeeded(options));
        AppSourceNode source = (AppSourceNode)Join("app_source", file, [("memfd", 5), ("frames", 1 << 16), ("gaps", "silence")]);
        Chain(source.Id, Add("device_sink"));
        Engine.Start();
        using MemFd.Mapping mapping = new(file);
        using FrameRing app = FrameRing.Attach(mapping.Address, mapping.Bytes);
        app.Writer.Write(GraphTests.Fill(2 << 16, 0.5f), MeshTime.Unknown, FrameFlags.None);
        Assert.That(Device.Pull(1024)[0], Does.Contain(0.5f));
        MemFd.PunchHole(file);
        Assert.That(() => RandomAccess.SetLength(file, 0), Throws.InstanceOf<Exception>());
        Assert.That(Device.Pull(4096)[0][1024..], Is.All.Zero);
        Assert.That(source.Get("fill")!.Value.Number, Is.Zero);
        Assert.That(source.Get("faults")!.Value.Number, Is.Positive);
    }

    private GraphNode Join(string type, SafeFileHandle file, (string Name, ParameterValue Value)[] arguments)
    {
        GraphNode? node = null;
        Engine.Change(change => node = change.CreateNode(type, arguments.ToDictionary(a => a.Name, a => a.Value), ring: new RingOffer(file)));
        return node!;
    }

    private AppSourceNode Source(params (string Name, ParameterValue Value)[] arguments) => (AppSourceNode)Engine.FindNode(Add("app_source", arguments));
}
