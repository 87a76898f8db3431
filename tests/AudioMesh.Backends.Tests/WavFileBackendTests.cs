// SPDX-License-Identifier: MIT
using AudioMesh.Backends.WavFile;
using AudioMesh.Files;
using AudioMesh.Testing;

namespace AudioMesh.Backends.Tests;

[TestFixture(true)]
[TestFixture(false)]
internal sealed class WavFileBackendConformance(bool paced) : BackendConformance
{
    private TemporaryFolder _folder = null!;
    private int _files;

    protected override string MissingDevice => _folder.PathOf("no-such-folder/out.wav");

    protected override int InputChannels => 0;

    protected override bool IsPaced => paced;

    [SetUp]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    protected override IAudioOutputBackend Create() => new WavFileBackend();

    protected override StreamRequest Request() => new() { Device = _folder.PathOf($"{_files++}.wav"), Paced = paced };

    protected override IOutputCapture Capture(IAudioOutputBackend open) => new FileCapture(open.Stream!.Device);

    private sealed class FileCapture(string path) : IOutputCapture
    {
        public float[][] Take() => WavFileBackendTests.ReadAll(path);

        public void Dispose()
        {
        }
    }
}

[TestFixture]
internal sealed class WavFileBackendTests
{
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [TestCase(1, 8000, 64)]
    [TestCase(64, 48_000, 512)]
    [TestCase(6, 384_000, 8192)]
    public void The_file_is_what_was_rendered(int channels, int rate, int period)
    {
        string path = _folder.PathOf("out.wav");
        using WavFileBackend backend = new();
        Renderer renderer = new();
        backend.Open(
            new StreamRequest { Device = path, OutputChannels = channels, Rate = rate, PeriodFrames = period, Paced = false }, renderer);
        backend.Start();
        Assert.That(renderer.AwaitFrames(100_000), Is.True);
        backend.Stop();
        backend.Start();
        Assert.That(renderer.AwaitFrames(renderer.Frames + 50_000), Is.True);
        backend.Close();
        float[][] written = ReadAll(path);
        Assert.That(written, Has.Length.EqualTo(channels));
        Assert.That(written[0], Has.Length.EqualTo(renderer.Frames));
        Assert.That(Ramp.CountFollowing(written, out long first), Is.EqualTo(renderer.Frames));
        Assert.That(first, Is.Zero);
    }

    [TestCase(SampleFormat.Int16, FileSampleFormat.Int16)]
    [TestCase(SampleFormat.Int24, FileSampleFormat.Int24)]
    [TestCase(SampleFormat.Int32, FileSampleFormat.Int32)]
    [TestCase(SampleFormat.Any, FileSampleFormat.Float32)]
    public void Stores_the_format_asked_for(SampleFormat asked, FileSampleFormat stored)
    {
        string path = _folder.PathOf("out.wav");
        using WavFileBackend backend = new();
        Renderer renderer = new();
        StreamInfo info = backend.Open(new StreamRequest { Device = path, Format = asked, Rate = 44_100 }, renderer);
        backend.Start();
        backend.Close();
        using IAudioFileReader reader = AudioFile.OpenRead(path);
        Assert.That(reader.Info.Format, Is.EqualTo(stored));
        Assert.That(reader.Info.Rate, Is.EqualTo(44_100));
        Assert.That(info.Device, Is.EqualTo(path));
    }

    [Test]
    public void What_a_file_cannot_do_is_refused_and_leaves_no_file()
    {
        string path = _folder.PathOf("out.wav");
        using WavFileBackend backend = new();
        foreach (StreamRequest request in (StreamRequest[])
        [
            new() { Device = path, InputChannels = 1 },
            new() { Device = path, OutputChannels = 65 },
            new() { Device = path, Format = SampleFormat.Int24In32 },
        ])
        {
            AudioMeshException error = Assert.Throws<AudioMeshException>(() => backend.Open(request, new Renderer()));
            Assert.That(error.Kind, Is.EqualTo(AudioErrorKind.FormatUnsupported), error.Message);
        }

        Assert.That(File.Exists(path), Is.False);
        Assert.That(Assert.Throws<AudioMeshException>(() => backend.Open(new StreamRequest(), null)).Kind, Is.EqualTo(AudioErrorKind.InvalidArgument));
    }

    [TestCase(true)]
    [TestCase(false)]
    public void A_full_disk_loses_the_stream_and_keeps_what_fitted(bool paced)
    {
        using SmallDisk disk = new(megabytes: 1);
        string path = disk.PathOf("out.wav");
        using WavFileBackend backend = new();
        Renderer renderer = new();
        backend.Open(new StreamRequest { Device = path, OutputChannels = 16, Rate = 192_000, PeriodFrames = 1024, Paced = paced }, renderer);
        backend.Start();
        Assert.That(SpinWait.SpinUntil(() => backend.State == BackendState.Lost, Patience.Ms), Is.True);
        Assert.That(backend.LostReason, Does.Contain(path));
        Assert.That(backend.TryReadEvent(out DeviceEvent lost), Is.True);
        Assert.That((lost.Kind, (AudioErrorKind)lost.Value), Is.EqualTo((DeviceEventKind.Lost, AudioErrorKind.DiskFull)));
        backend.Close();
        float[][] written = ReadAll(path);
        Assert.That(written[0], Has.Length.GreaterThan(1000));
        Assert.That(Ramp.CountFollowing(written, out long first), Is.EqualTo(written[0].Length));
        Assert.That(first, Is.Zero);
    }

    /// <summary>All of a file, one array per channel.</summary>
    internal static float[][] ReadAll(string path)
    {
        using IAudioFileReader reader = AudioFile.OpenRead(path);
        int channels = reader.Info.Channels;
        float[] interleaved = new float[reader.Info.Frames * channels];
        Assert.That(reader.Read(interleaved), Is.EqualTo(reader.Info.Frames));
        float[][] planar = new float[channels][];
        for (int channel = 0; channel < channels; channel++)
        {
            planar[channel] = new float[reader.Info.Frames];
            for (int i = 0; i < planar[channel].Length; i++)
            {
                planar[channel][i] = interleaved[(i * channels) + channel];
            }
        }

        return planar;
    }
}
