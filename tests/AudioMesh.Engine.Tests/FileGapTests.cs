// SPDX-License-Identifier: MIT
using AudioMesh.Graph;
using AudioMesh.Graph.Nodes;
using AudioMesh.Testing;

namespace AudioMesh.Engine.Tests;

/// <summary>What a file source plays when its disk is late.</summary>
internal sealed class FileGapTests : EngineFixture
{
    private const int Rate = 48000;
    private const int Audible = Rate * 120 / 1000;

    private TemporaryFolder _folder = null!;
    private LateDiskNode _disk = null!;
    private FileSourceNode _source = null!;

    [SetUp]
    public void SetUpFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void TearDownFolder()
    {
        _disk.GoOn();
        _folder.Dispose();
    }

    [Test]
    public void What_a_late_disk_leaves_out_is_predicted_and_said()
    {
        Begin(seconds: 20);
        _disk.HoldUp();
        float[] before = Drain();
        float[] gap = Device.Pull(9600)[0];
        _disk.GoOn();
        float[] after = Resume();
        Assert.That(LargestStep([.. before, .. gap, .. after]), Is.LessThan(1.5 * LargestStep(before)));
        Assert.That(gap[..1024].Max(MathF.Abs), Is.GreaterThan(0.1f), "it sounds on");
        Assert.That(gap[(Audible + 1024)..], Is.All.Zero);
        EngineEvent told = Await(e => e.Value == "underrun");
        Assert.That((told.NodeId, told.Cause, told.PredictedFrames), Is.EqualTo((_source.Id, RenderCause.FileLate, (long)Audible)));
        Assert.That(told.Frames, Is.GreaterThanOrEqualTo(8192));
        Assert.That((Value("underruns"), Value("predicted_frames")), Is.EqualTo((1.0, (double)Audible)));
        Assert.That(Value("underrun_frames"), Is.EqualTo(told.Frames));
    }

    [Test]
    public void A_jump_is_no_gap_even_on_a_late_disk()
    {
        Begin(seconds: 20);
        Device.Pull(1024);
        _disk.HoldUp();
        Set(_source.Id, "position", 400_000);
        float[] before = Drain();
        float[] rest = Device.Pull(4096)[0];
        _disk.GoOn();
        float[] after = Resume();
        Assert.That(LargestStep([.. before, .. rest, .. after]), Is.LessThan(1.5 * LargestStep(before)));
        Assert.That(rest[2048..], Is.All.Zero);
        Assert.That((Value("underruns"), Value("predicted_frames")), Is.EqualTo((0.0, 0.0)));
        Assert.That(Value("position"), Is.InRange(400_000, 600_000));
    }

    [Test]
    public void A_file_that_ends_is_over_and_nothing_rings_on()
    {
        Begin(seconds: 1);
        float[] sound = Device.Pull(2 * Rate)[0];
        Assert.That(sound[..Rate], Is.EqualTo(Enumerable.Range(0, Rate).Select(Sound)));
        Assert.That(sound[Rate..], Is.All.Zero);
        Assert.That(Await(e => e.Value == "ended").Frames, Is.EqualTo(Rate));
        Assert.That(Value("underruns"), Is.Zero);
    }

    [Test]
    public void A_gap_allocates_nothing_on_the_device_thread()
    {
        Begin(seconds: 20);
        _disk.HoldUp();
        Action pull = new PeriodProbe(Device).Pull;
        for (int i = 0; i < 2 * Rate / 64; i++)
        {
            pull();
        }

        AllocationGate.AssertNone(pull);
        Assert.That(Engine.GetTelemetry().AllocatedBytes, Is.Zero);
        Assert.That(Value("predicted_frames"), Is.Positive);
    }

    [TestCase("linear", -45, -20)]
    [TestCase("low", -160, -60)]
    [TestCase("best", -160, -110)]
    public void A_file_is_converted_as_well_as_asked(string quality, double least, double most)
    {
        Open();
        string path = _folder.PathOf("in.wav");
        GraphTests.WriteWav(path, 44100, 1, [.. Enumerable.Range(0, 88200).Select(i => (float)Math.Sin(i * Math.Tau * 5000 / 44100))]);
        _disk = (LateDiskNode)Engine.FindNode(Add("late_disk"));
        Chain(Add("file_source", ("path", path), ("quality", quality)), Add("device_sink"));
        Engine.Start();
        double residualDb = new SineFit(Device.Pull(40000)[0].AsSpan(10000), 5000.0 / 48000).ResidualDb();
        Assert.That(residualDb, Is.InRange(least, most));
    }

    private static float Sound(int frame) => (float)((0.4 * Math.Sin(frame * 0.0576)) + (0.2 * Math.Sin(frame * 0.0931)));

    private void Begin(int seconds)
    {
        Open();
        string path = _folder.PathOf("in.wav");
        GraphTests.WriteWav(path, Rate, 1, [.. Enumerable.Range(0, seconds * Rate).Select(Sound)]);
        int source = Add("file_source", ("path", path));
        _source = (FileSourceNode)Engine.FindNode(source);
        _disk = (LateDiskNode)Engine.FindNode(Add("late_disk"));
        Chain(source, Add("device_sink"));
        Engine.Start();
    }

    /// <summary>Plays what was read ahead, until less than a period of it is left.</summary>
    private float[] Drain()
    {
        List<float> heard = [];
        while (Value("underruns") == 0 && heard.Count < 4 * Rate && !(heard.Count > Rate && heard[^64..].TrueForAll(sample => sample == 0)))
        {
            heard.AddRange(Device.Pull(64)[0]);
        }

        return [.. heard];
    }

    /// <summary>Waits for the disk.</summary>
    private float[] Resume()
    {
        List<float> heard = [];
        for (int i = 0; i < 3000 && (heard.Count < 256 || heard[^128..].TrueForAll(sample => sample == 0)); i++)
        {
            Thread.Sleep(2);
            heard.AddRange(Device.Pull(64)[0]);
        }

        heard.AddRange(Device.Pull(4096)[0]);
        return [.. heard];
    }

    private double Value(string parameter) => _source.Get(parameter)!.Value.Number;
}
