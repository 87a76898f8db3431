// SPDX-License-Identifier: MIT
using System.Diagnostics;
using AudioMesh.Clock;
using AudioMesh.Files;
using AudioMesh.Network.Stems;
using AudioMesh.Testing;

namespace AudioMesh.Network.Tests.Stems;

public sealed class TakeRecorderTests
{
    private const long Second = 1_000_000_000;

    [Test]
    public void A_take_begins_with_the_frame_nearest_to_its_time_and_ends_so()
    {
        using TemporaryFolder folder = new();
        using StemHost host = new("anna", 90, -30, 50_000_000, 4 * Second);
        MeshTime at = new((5 * Second) + 333_333_333);
        host.Recorder.Arm(new TakePlan { Path = folder.PathOf("a.wav"), At = at, Until = at.Add(3 * Second) });
        host.RunUntil(5 * Second);
        Assert.That(host.Recorder.State, Is.EqualTo(TakeState.Armed));
        host.RunUntil(9 * Second);
        Assert.That(host.Recorder.State, Is.EqualTo(TakeState.Finished));
        TakeSidecar take = TakeSidecar.Read(folder.PathOf("a.take.json"));
        Assert.That(Math.Abs(take.Points[0].MeshTime - at), Is.LessThanOrEqualTo(10_500), "half a frame");
        Assert.That(take.Frames!.Value, Is.EqualTo(3 * 48000 * (1 + 90e-6)).Within(1.5));
        Assert.That(take.Host, Is.EqualTo("anna"));
        Assert.That(take.Points[0].ErrorNs, Is.EqualTo(1200).Within(1), "the device's and mesh time's");
    }

    [Test]
    public void A_killed_recorder_leaves_a_take()
    {
        using TemporaryFolder folder = new();
        using StemHost host = new("anna", 90, -30, 50_000_000, 4 * Second);
        host.Pulses.Add(5 * Second);
        host.Recorder.Arm(new TakePlan { Path = folder.PathOf("a.wav") });
        host.RunUntil(8 * Second);
        string killed = Directory.CreateDirectory(folder.PathOf("killed")).FullName;
        File.Copy(folder.PathOf("a.wav"), Path.Combine(killed, "a.wav"));
        File.Copy(folder.PathOf("a.take.json"), Path.Combine(killed, "a.take.json"));
        File.AppendAllText(Path.Combine(killed, "a.take.json"), "{\"frame\":1920");
        host.Recorder.Disarm();

        CollectResult result = StemCollector.Collect([killed], new CollectOptions { OutputFolder = folder.PathOf("out") });

        Assert.That(result.Stems[0].IsCut);
        Assert.That(result.Frames, Is.GreaterThanOrEqualTo(2 * 48000));
        Assert.That(Stem.PulseError(result, result.Stems[0], 5 * Second), Is.EqualTo(0).Within(0.05));
    }

    [Test]
    [Platform("Linux")]
    public void On_a_full_disk_what_fitted_is_a_take()
    {
        using TemporaryFolder folder = new();
        if (Run("mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", folder.FullPath) != 0)
        {
            Assert.Ignore("cannot mount a small disk");
        }

        try
        {
            using StemHost host = new("anna", 0, 0, 0, 4 * Second);
            host.Recorder.Arm(new TakePlan { Path = folder.PathOf("a.wav") });
            host.RunUntil(10 * Second);
            Assert.That(host.Recorder.State, Is.EqualTo(TakeState.Failed));
            Assert.That(host.Recorder.Failure!.Kind, Is.EqualTo(AudioErrorKind.DiskFull));
            Assert.That(host.Recorder.Failure.Message, Does.Contain("a."));
            TakeSidecar take = TakeSidecar.Read(folder.PathOf("a.take.json"));
            using IAudioFileReader sound = AudioFile.OpenRead(folder.PathOf("a.wav"));
            Assert.That(sound.Info.Frames, Is.GreaterThan(100_000));
            Assert.That(take.Frames ?? sound.Info.Frames, Is.EqualTo(sound.Info.Frames));
        }
        finally
        {
            Run("umount", folder.FullPath);
        }
    }

    [Test]
    public void What_cannot_be_armed_is_named_and_changes_nothing()
    {
        using TemporaryFolder folder = new();
        using StemHost host = new("anna", 0, 0, 0, 4 * Second);
        string path = folder.PathOf("a.wav");
        Assert.That(Kind(new TakePlan { Path = folder.PathOf("a.flac") }), Is.EqualTo(AudioErrorKind.InvalidArgument));
        Assert.That(Kind(new TakePlan { Path = path, At = new MeshTime(long.MaxValue) }), Is.EqualTo(AudioErrorKind.InvalidArgument));
        Assert.That(Kind(new TakePlan { Path = path, Until = new MeshTime(long.MinValue + 1) }), Is.EqualTo(AudioErrorKind.InvalidArgument));
        Assert.That(Kind(new TakePlan { Path = path, At = new MeshTime(5), Until = new MeshTime(5) }), Is.EqualTo(AudioErrorKind.InvalidArgument));
        Assert.That(Kind(new TakePlan { Path = path, Name = new string('x', 256) }), Is.EqualTo(AudioErrorKind.InvalidArgument));
        Assert.That(host.Recorder.State, Is.EqualTo(TakeState.Idle));
        host.Recorder.Arm(new TakePlan { Path = path, At = new MeshTime(100 * Second) });
        Assert.That(Kind(new TakePlan { Path = folder.PathOf("b.wav") }), Is.EqualTo(AudioErrorKind.InvalidState));
        host.RunUntil(5 * Second);
        host.Recorder.Disarm();
        Assert.That(Directory.GetFiles(folder.FullPath), Is.Empty, "nothing began");
        host.Recorder.Arm(new TakePlan { Path = path });
        host.RunUntil(6 * Second);
        host.Recorder.Disarm();
        Assert.That(Kind(new TakePlan { Path = path }), Is.EqualTo(AudioErrorKind.FileUnreadable));

        AudioErrorKind Kind(TakePlan plan) => Assert.Throws<AudioMeshException>(() => host.Recorder.Arm(plan)).Kind;
    }

    private static int Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode;
    }
}
