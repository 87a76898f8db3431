// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Files;
using AudioMesh.Network.Stems;
using AudioMesh.Realtime;
using AudioMesh.Testing;

namespace AudioMesh.Network.Tests.Stems;

public sealed class StemCollectorTests
{
    private const long Second = 1_000_000_000;

    [Test]
    public void Ten_minutes_on_hosts_200_ppm_apart_line_up_at_start_and_end()
    {
        using TemporaryFolder folder = new();
        const long Begin = 5_000 * Second;
        long[] pulses = [Begin + (5 * Second) + 12_345_678, Begin + (300 * Second) + 77_777, Begin + (598 * Second) + 987_654_321];
        (string Name, double DevicePpm, double ClockPpm, long OffsetNs, long Late)[] hosts = [("anna", -100, 40, -25_000_000, 0), ("ben", 100, -60, 25_000_000, 3_217_000_001)];
        foreach ((string name, double devicePpm, double clockPpm, long offsetNs, long late) in hosts)
        {
            using StemHost host = new(name, devicePpm, clockPpm, offsetNs, Begin + late, format: FileSampleFormat.Int16);
            host.Pulses.AddRange(pulses);
            host.Recorder.Arm(new TakePlan { Path = folder.PathOf($"{name}.wav"), Name = "song" });
            host.RunUntil(Begin + (600 * Second));
            host.Recorder.Disarm();
        }

        CollectResult result = StemCollector.Collect([folder.FullPath], new CollectOptions { OutputFolder = folder.PathOf("stems"), Format = FileSampleFormat.Int16 });

        Assert.That(result.Stems.Select(stem => stem.Host), Is.EqualTo(["anna", "ben"]));
        Assert.That(result.Stems.Select(stem => stem.DriftPpm), Is.EqualTo([-100.0, 100.0]).Within(0.01));
        Assert.That(result.Stems[0].StartFrame, Is.Zero);
        Assert.That(result.Stems[1].StartFrame / 48000.0, Is.EqualTo(3.217).Within(1e-3), "both begin with their ninth block");
        foreach (long pulse in pulses)
        {
            double[] errors = [.. result.Stems.Select(stem => Stem.PulseError(result, stem, pulse))];
            TestContext.Out.WriteLine($"{pulse}: {errors[0]:0.00000} {errors[1]:0.00000} frames");
            Assert.That(errors, Is.All.EqualTo(0).Within(0.05));
        }

        foreach (CollectedStem stem in result.Stems)
        {
            using IAudioFileReader reader = AudioFile.OpenRead(stem.Path);
            Assert.That(reader.Info.Frames, Is.EqualTo(result.Frames));
            Assert.That(reader.Info.TimeReference, Is.EqualTo(FrameCount.FromNanoseconds(result.Start.Nanoseconds, 48000).Value));
        }
    }

    [Test]
    public void What_was_lost_is_silence_and_listed_and_the_rest_stays_in_its_place()
    {
        using TemporaryFolder folder = new();
        using StemHost host = new("anna", 80, 10, 123, 9 * Second);
        long[] pulses = [10 * Second, (15 * Second) + 5_000_000];
        host.Pulses.AddRange(pulses);
        host.Recorder.Arm(new TakePlan { Path = folder.PathOf("a.wav") });
        host.RunUntil(12 * Second);
        host.Lose(20);
        host.RunUntil(13 * Second);
        host.RunUntil(13 * Second + 100_000_000, FrameFlags.Predicted);
        host.RunUntil(17 * Second);
        host.Recorder.Disarm();
        Assert.That(host.Recorder.LostFrames, Is.EqualTo(20 * 512).Within(2));

        CollectResult result = StemCollector.Collect([folder.PathOf("a.wav")], new CollectOptions { OutputFolder = folder.PathOf("out") });

        CollectedStem stem = result.Stems.Single();
        Assert.That(pulses.Select(pulse => Stem.PulseError(result, stem, pulse)), Is.All.EqualTo(0).Within(0.05));
        Assert.That(stem.Dropouts.Select(dropout => dropout.Cause), Is.EqualTo([TakeDropoutCause.Lost, TakeDropoutCause.Device]));
        Assert.That(stem.Dropouts[0].Frames, Is.EqualTo(20 * 512).Within(2));
        float[] sound = Stem.Read(stem.Path);
        Assert.That(sound.AsSpan((int)stem.Dropouts[0].Frame, (int)stem.Dropouts[0].Frames).ToArray(), Is.All.EqualTo(0f));
    }

    [Test]
    public void Late_blocks_are_no_gaps_and_do_not_bend_the_clock_map()
    {
        using TemporaryFolder folder = new();
        using StemHost host = new("anna", 80, 10, 123, 9 * Second) { Lateness = block => block % 50 == 0 ? 45_000_000 : block % 51 == 1 ? 11_000_000 : 0 };
        host.Pulses.AddRange([10 * Second, 15 * Second]);
        host.Recorder.Arm(new TakePlan { Path = folder.PathOf("a.wav") });
        host.RunUntil(17 * Second);
        host.Recorder.Disarm();

        CollectResult result = StemCollector.Collect([folder.FullPath], new CollectOptions { OutputFolder = folder.PathOf("out") });

        Assert.That(result.Stems[0].Dropouts, Is.Empty);
        Assert.That(Stem.PulseError(result, result.Stems[0], 10 * Second), Is.EqualTo(0).Within(0.05));
        Assert.That(Stem.PulseError(result, result.Stems[0], 15 * Second), Is.EqualTo(0).Within(0.05));
    }

    [Test]
    public void A_take_lies_right_though_mesh_time_was_set_in_the_middle_of_it()
    {
        using TemporaryFolder folder = new();
        using StemHost host = new("anna", 0, 0, 0, 9 * Second);
        host.Pulses.AddRange([10 * Second, 14 * Second]);
        host.Recorder.Arm(new TakePlan { Path = folder.PathOf("a.wav") });
        host.RunUntil(12 * Second);
        host.Map = new ClockMap(0, new MeshTime(1_000_000 * Second), 1);
        host.Steps++;
        host.RunUntil(16 * Second);
        host.Recorder.Disarm();

        CollectResult result = StemCollector.Collect([folder.FullPath], new CollectOptions { OutputFolder = folder.PathOf("out") });

        Assert.That(Stem.PulseError(result, result.Stems[0], 1_000_010 * Second), Is.EqualTo(0).Within(0.05));
        Assert.That(Stem.PulseError(result, result.Stems[0], 1_000_014 * Second), Is.EqualTo(0).Within(0.05));
    }

    [Test]
    public void Takes_of_other_rates_come_to_the_highest()
    {
        using TemporaryFolder folder = new();
        foreach (int rate in (int[])[44100, 48000])
        {
            using StemHost host = new($"host{rate}", 50, 0, 0, 9 * Second, rate);
            host.Pulses.Add(10 * Second);
            host.Recorder.Arm(new TakePlan { Path = folder.PathOf($"{rate}.wav"), Name = "../x \"'`\n" });
            host.RunUntil(12 * Second);
        }

        CollectResult result = StemCollector.Collect([folder.FullPath], new CollectOptions { OutputFolder = folder.PathOf("out") });

        Assert.That(result.Rate, Is.EqualTo(48000));
        Assert.That(result.Stems.Select(stem => Stem.PulseError(result, stem, 10 * Second)), Is.All.EqualTo(0).Within(0.05));
        RppBlock project = RppBlock.Parse(File.ReadAllText(result.ProjectPath));
        Assert.That(project.Word, Is.EqualTo("REAPER_PROJECT"));
        Assert.That(project.Line("SAMPLERATE")[0], Is.EqualTo("48000"));
        RppBlock[] tracks = [.. project.Blocks.Where(block => block.Word == "TRACK")];
        Assert.That(tracks, Has.Length.EqualTo(2));
        for (int i = 0; i < tracks.Length; i++)
        {
            RppBlock item = tracks[i].Blocks.Single(block => block.Word == "ITEM");
            Assert.That(tracks[i].Line("NAME")[0], Does.StartWith(result.Stems[i].Host));
            Assert.That(item.Line("POSITION"), Is.EqualTo(["0"]));
            Assert.That(double.Parse(item.Line("LENGTH")[0], System.Globalization.CultureInfo.InvariantCulture), Is.EqualTo(result.Frames / 48000.0).Within(1e-9));
            string file = item.Blocks.Single(block => block.Word == "SOURCE").Line("FILE")[0];
            Assert.That(Path.GetFullPath(file, Path.GetDirectoryName(result.ProjectPath)!), Is.EqualTo(result.Stems[i].Path));
        }
    }

    [Test]
    public void What_cannot_be_put_together_is_named_and_nothing_is_left_behind()
    {
        using TemporaryFolder folder = new();
        Record(folder.PathOf("a.wav"), "anna", 10, 7);
        Record(folder.PathOf("late.wav"), "ben", 20, 7);
        Record(folder.PathOf("other.wav"), "ben", 10, 8);
        Record(folder.PathOf("cut.wav"), "ben", 10, 7);
        Record(folder.PathOf("alone.wav"), "cleo", 10, 7);
        File.Delete(folder.PathOf("alone.take.json"));
        using (FileStream cut = File.OpenWrite(folder.PathOf("cut.wav")))
        {
            cut.SetLength(cut.Length - 4000);
        }

        Assert.That(Failure("a.wav", "late.wav"), Does.Contain("late.take.json").And.Contain("does not overlap"));
        Assert.That(Failure("a.wav", "other.wav"), Does.Contain("another mesh time"));
        Assert.That(Failure("a.wav", "cut.wav"), Does.Contain("cut.take.json").And.Contain("frames, but"));
        Assert.That(Failure("a.wav", "alone.wav"), Does.Contain("alone.take.json is missing"));
        Assert.That(Failure("a.wav", "nobody.wav"), Does.Contain("nobody.wav").And.Contain("no such file"));
        Directory.CreateDirectory(folder.PathOf("empty"));
        Assert.That(Failure("empty"), Does.Contain("holds no take"));
        Assert.That(Directory.Exists(folder.PathOf("out")), Is.False);

        StemCollector.Collect([folder.PathOf("a.wav")], new CollectOptions { OutputFolder = folder.PathOf("out") });
        Assert.That(Failure("a.wav"), Does.Contain("exists already"));
        Assert.That(Directory.GetFiles(folder.PathOf("out"), "*", SearchOption.AllDirectories), Has.Length.EqualTo(3));

        string Failure(params string[] names) => Assert.Throws<AudioMeshException>(
            () => StemCollector.Collect([.. names.Select(folder.PathOf)], new CollectOptions { OutputFolder = folder.PathOf("out") })).Message;
    }

    private static void Record(string path, string name, long second, ulong mesh)
    {
        using StemHost host = new(name, 0, 0, 0, second * Second, 8000) { MeshId = mesh };
        host.Recorder.Arm(new TakePlan { Path = path });
        host.RunUntil((second + 3) * Second);
    }
}
