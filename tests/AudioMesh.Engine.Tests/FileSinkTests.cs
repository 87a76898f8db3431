// SPDX-License-Identifier: MIT
using System.Diagnostics;
using AudioMesh.Files;
using AudioMesh.Graph;
using AudioMesh.Testing;

namespace AudioMesh.Engine.Tests;

/// <summary>What becomes of recordings where the disk is full or the file is of another kind.</summary>
internal sealed class FileSinkTests : EngineFixture
{
    private const int DiskBytes = 512 * 1024;

    private TemporaryFolder _folder = null!;

    [SetUp]
    public void SetUpFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void TearDownFolder() => _folder.Dispose();

    [TestCase(".wav")]
    [TestCase(".flac")]
    [Platform("Linux")]
    public void A_full_disk_ends_the_recording_is_told_and_leaves_what_fitted_playable(string extension)
    {
        string disk = _folder.PathOf("disk");
        Directory.CreateDirectory(disk);
        if (Run("mount", "-t", "tmpfs", "-o", $"size={DiskBytes}", "tmpfs", disk) != 0)
        {
            Assert.Ignore("cannot mount a small disk");
        }

        try
        {
            RecordUntilFull(Path.Combine(disk, "take" + extension), extension == ".wav" ? 0.9 : 0.3);
        }
        finally
        {
            Run("umount", disk);
        }
    }

    [Test]
    public void A_recording_as_flac_holds_what_was_rendered()
    {
        string path = _folder.PathOf("take.flac");
        Open(inputChannels: 1);
        int sink = AddOrIgnore(path, ("channels", 1), ("format", "s24"));
        Chain(Add("device_source", ("channels", 1)), sink);
        Engine.Start();
        float[] noise = new float[8192];
        new RepeatableRandom(4).Fill(noise);
        Device.Pull(8192, [noise]);
        Engine.Stop();
        Engine.DestroyNode(sink);
        using IAudioFileReader file = AudioFile.OpenRead(path);
        float[] read = new float[8192];
        Assert.That(file.Read(read), Is.EqualTo(8192));
        Assert.That(read, Is.EqualTo(noise).Within(1f / (1 << 23)));
    }

    [Test]
    public void A_device_of_another_rate_goes_on_with_the_same_file()
    {
        string path = _folder.PathOf("take.wav");
        Engine.OpenDevice("auto", new Backends.StreamRequest { Rate = 48000, PeriodFrames = 64, OutputChannels = 2 });
        int sink = Add("file_sink", ("path", path));
        Chain(Add("tone", ("freq", 1000)), sink);
        Engine.Start();
        Device.Pull(48000);
        Engine.Stop();
        Engine.OpenDevice("auto", new Backends.StreamRequest { Rate = 44100, PeriodFrames = 64, OutputChannels = 2 });
        Engine.Start();
        Device.Pull(44100 / 64 * 64);
        Engine.Stop();
        Engine.DestroyNode(sink);
        using IAudioFileReader file = AudioFile.OpenRead(path);
        Assert.That((file.Info.Rate, file.Info.Frames), Is.EqualTo((48000, 96_000L)).Using<(int Rate, long Frames)>((a, b) => a.Rate == b.Rate && Math.Abs(a.Frames - b.Frames) < 64));
        float[] read = new float[2 * 96_000];
        file.Read(read);
        float[] second = [.. Enumerable.Range(60_000, 30_000).Select(i => read[2 * i])];
        Assert.That(new SineFit(second, 1000.0 / 48000).ResidualDb(), Is.LessThan(-100));
    }

    private void RecordUntilFull(string path, double least)
    {
        Open();
        int sink = AddOrIgnore(path);
        int tone = Add("tone", ("wave", "white"));
        Chain(tone, sink);
        Chain(tone, Add("device_sink"));
        Engine.Start();
        EngineEvent? failed = null;
        for (int i = 0; i < 4000 && failed is null; i++)
        {
            Device.Pull(1024);
            Thread.Sleep(1);
            while (failed is null && Events.Events.TryRead(out EngineEvent? next))
            {
                failed = next.Value == "failed" ? next : null;
            }
        }

        Assert.That((failed?.NodeId, failed?.Error?.Kind), Is.EqualTo(((int?)sink, (AudioErrorKind?)AudioErrorKind.DiskFull)));
        Assert.That(failed!.Error!.Message, Does.Contain(path));
        Assert.That(Device.Pull(1024)[0].Max(MathF.Abs), Is.GreaterThan(0.5f), "the engine goes on");
        Engine.Stop();
        long written = (long)Engine.FindNode(sink).Get("position")!.Value.Number;
        Assert.That(() => Engine.DestroyNode(sink), Throws.Nothing);
        Assert.That(new FileInfo(path).Length, Is.GreaterThan(DiskBytes * least));
        using IAudioFileReader file = AudioFile.OpenRead(path);
        float[] read = new float[2 * 4096];
        long frames = 0;
        while (file.Read(read) is > 0 and int count)
        {
            frames += count;
        }

        Assert.That(file.Info.IsTruncated, Is.False);
        Assert.That(frames, Is.InRange(written / 2, written + 8192));
    }

    private int AddOrIgnore(string path, params (string Name, ParameterValue Value)[] arguments)
    {
        try
        {
            return Add("file_sink", [("path", path), .. arguments]);
        }
        catch (AudioMeshException missing) when (missing.Kind == AudioErrorKind.LibraryMissing)
        {
            Assert.Ignore(missing.Message);
            throw;
        }
    }

    private static int Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode;
    }
}
