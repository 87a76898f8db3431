// SPDX-License-Identifier: MIT
using System.Text;
using AudioMesh.Files;

namespace AudioMesh.Tests.Files;

/// <summary>Whatever is wrong with a file, the error says which file and what.</summary>
internal sealed class BadFileTests
{
    private static readonly TestCaseData[] WrongContents =
    [
        new TestCaseData(Array.Empty<byte>(), "is empty").SetArgDisplayNames("empty"),
        new TestCaseData("RIFF"u8.ToArray(), "ends within its header").SetArgDisplayNames("cut in RIFF"),
        new TestCaseData("RIFF\0\0\0\0AVI LIST"u8.ToArray(), "RIFF but not WAVE").SetArgDisplayNames("AVI"),
        new TestCaseData("Dear diary, today I heard nothing."u8.ToArray(), "is no audio file").SetArgDisplayNames("text"),
        new TestCaseData(new RiffBuilder().Build(), "has no fmt chunk").SetArgDisplayNames("no chunks"),
        new TestCaseData(new RiffBuilder().Chunk("data", [0, 0]).Build(), "has no fmt chunk").SetArgDisplayNames("no fmt"),
        new TestCaseData(new RiffBuilder().Format(1, 1, 48000, 16).Build(), "has no data chunk").SetArgDisplayNames("no data"),
        new TestCaseData(new RiffBuilder().Chunk("fmt ", [1, 0, 1, 0]).Build(), "fmt chunk has 4 bytes").SetArgDisplayNames("short fmt"),
        new TestCaseData(Wav(1, 0, 48000, 16, 2), "0 channels").SetArgDisplayNames("no channels"),
        new TestCaseData(Wav(1, 1, 0, 16), "0 Hz").SetArgDisplayNames("no rate"),
        new TestCaseData(Wav(1, 1, -1, 16), "4294967295 Hz").SetArgDisplayNames("absurd rate"),
        new TestCaseData(Wav(1, 2, 48000, 16, 3), "3 bytes a frame").SetArgDisplayNames("odd frame"),
        new TestCaseData(Wav(1, 2, 48000, 16, 0), "0 bytes a frame").SetArgDisplayNames("empty frame"),
        new TestCaseData(Wav(1, 2, 48000, 0, 4), "0 bits").SetArgDisplayNames("no bits"),
        new TestCaseData(Wav(0xFFFE, 2, 48000, 16), "extensible fmt chunk has 16 bytes").SetArgDisplayNames("short extensible"),
        new TestCaseData(new RiffBuilder("RF64").Chunk("ds64", [1]).Build(), "ds64 chunk has 1 bytes").SetArgDisplayNames("short ds64"),
    ];

    private static readonly TestCaseData[] UnsupportedContents =
    [
        new TestCaseData(Wav(1, 257, 48000, 16), "257 channels").SetArgDisplayNames("channels"),
        new TestCaseData(Wav(3, 1, 48000, 24), "24-bit float").SetArgDisplayNames("24-bit float"),
        new TestCaseData(Wav(1, 1, 48000, 64), "64-bit PCM").SetArgDisplayNames("64-bit PCM"),
    ];

    private readonly TempFolder _folder = new();

    [OneTimeTearDown]
    public void RemoveFolder() => _folder.Dispose();

    [TestCaseSource(nameof(WrongContents))]
    public void Wrong_content_is_FileInvalid(byte[] content, string what) => CheckContent(AudioErrorKind.FileInvalid, content, what);

    [TestCaseSource(nameof(UnsupportedContents))]
    public void What_cannot_be_played_is_FormatUnsupported(byte[] content, string what) =>
        CheckContent(AudioErrorKind.FormatUnsupported, content, what);

    [Test]
    public void A_missing_file_is_NotFound()
    {
        FileAssert.Throws(AudioErrorKind.NotFound, "nowhere.wav", () => AudioFile.OpenRead(_folder["nowhere.wav"]));
        FileAssert.Throws(AudioErrorKind.NotFound, "here.wav", () => AudioFile.OpenRead(_folder["no/folder/here.wav"]));
        FileAssert.Throws(AudioErrorKind.NotFound, "new.wav", () => AudioFile.Create(_folder["no/folder/new.wav"], new AudioFileOptions()));
    }

    [Test]
    public void A_directory_is_FileUnreadable()
    {
        string path = _folder["directory.wav"];
        Directory.CreateDirectory(path);
        FileAssert.Throws(AudioErrorKind.FileUnreadable, "is a directory", () => AudioFile.OpenRead(path));
        FileAssert.Throws(AudioErrorKind.FileUnreadable, "is a directory", () => AudioFile.Create(path, new AudioFileOptions()));
    }

    [TestCase("")]
    [TestCase("a\0b.wav")]
    public void What_is_no_path_is_InvalidArgument(string path) =>
        FileAssert.Throws(AudioErrorKind.InvalidArgument, path, () => AudioFile.OpenRead(path));

    [Test]
    [Platform(Exclude = "Win")]
    public void A_FIFO_is_refused_without_waiting_for_its_other_end()
    {
        string path = _folder["fifo.wav"];
        Tool.Run("mkfifo", path);
        const string What = "not a regular file";
        Task reading = Task.Run(() => FileAssert.Throws(AudioErrorKind.FileUnreadable, What, () => AudioFile.OpenRead(path)));
        AudioFileOptions options = new();
        Task writing = Task.Run(() => FileAssert.Throws(AudioErrorKind.FileUnreadable, What, () => AudioFile.Create(path, options)));
        Assert.That(Task.WaitAll([reading, writing], TimeSpan.FromSeconds(30)), "opening a FIFO waits for its other end");
    }

    [Test]
    [Platform(Exclude = "Win")]
    public void A_file_the_system_keeps_from_us_is_PermissionDenied()
    {
        if (Environment.IsPrivilegedProcess)
        {
            Assert.Ignore("root may read everything");
        }

        string path = _folder["secret.wav"];
        FileAssert.WriteAll(path, new AudioFileOptions(), [0, 0]);
        Tool.Run("chmod", "000", path);
        FileAssert.Throws(AudioErrorKind.PermissionDenied, "secret.wav", () => AudioFile.OpenRead(path));
        FileAssert.Throws(AudioErrorKind.PermissionDenied, "secret.wav", () => AudioFile.Create(path, new AudioFileOptions()));
    }

    [Test]
    public void Endless_tiny_chunks_are_given_up_on()
    {
        string path = _folder["chunks.wav"];
        byte[] file = new byte[12 + (8 * 1_000_000)];
        "RIFF\0\0\0\0WAVE"u8.CopyTo(file);
        File.WriteAllBytes(path, file);
        long before = GC.GetAllocatedBytesForCurrentThread();
        FileAssert.Throws(AudioErrorKind.FileInvalid, "chunk", () => AudioFile.OpenRead(path));
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(1 << 20));
    }

    [TestCase("rate", 999, 2, 0)]
    [TestCase("rate", 768_001, 2, 0)]
    [TestCase("channels", 48000, 0, 0)]
    [TestCase("channels", 48000, 257, 0)]
    [TestCase("time_reference", 48000, 2, -1)]
    public void Options_out_of_range_name_their_field(string field, int rate, int channels, long timeReference)
    {
        AudioFileOptions options = new() { Rate = rate, Channels = channels, TimeReference = timeReference };
        string path = _folder["options.wav"];
        AudioMeshException error = FileAssert.Throws(AudioErrorKind.InvalidArgument, field, () => AudioFile.Create(path, options));
        Assert.That(error.Field, Is.EqualTo(field));
        Assert.That(File.Exists(path), Is.False);
    }

    [Test]
    public void Files_are_not_written_in_unknown_kinds_or_formats()
    {
        FileAssert.Throws(AudioErrorKind.FormatUnsupported, ".xyz", () => AudioFile.Create(_folder["file.xyz"], new AudioFileOptions()));
        AudioFileOptions options = new() { Format = FileSampleFormat.Float64 };
        FileAssert.Throws(AudioErrorKind.FormatUnsupported, "Float64", () => AudioFile.Create(_folder["file.wav"], options));
    }

    [Test]
    public void A_frame_cut_in_two_is_not_written()
    {
        using IAudioFileWriter writer = AudioFile.Create(_folder["half.wav"], new AudioFileOptions());
        FileAssert.Throws(AudioErrorKind.InvalidArgument, "half.wav", () => writer.Write([1, 2, 3]));
        Assert.That(writer.FramesWritten, Is.Zero);
    }

    [Test]
    public void Calls_after_Dispose_are_InvalidState()
    {
        string path = _folder["closed.wav"];
        IAudioFileWriter writer = AudioFile.Create(path, new AudioFileOptions());
        writer.Dispose();
        writer.Dispose();
        FileAssert.Throws(AudioErrorKind.InvalidState, path, () => writer.Write([1, 1]));
        FileAssert.Throws(AudioErrorKind.InvalidState, path, writer.Flush);
        IAudioFileReader reader = AudioFile.OpenRead(path);
        reader.Dispose();
        reader.Dispose();
        FileAssert.Throws(AudioErrorKind.InvalidState, path, () => reader.Read(new float[2]));
        FileAssert.Throws(AudioErrorKind.InvalidState, path, () => reader.Seek(0));
        Assert.That(reader.Info.Frames, Is.Zero);
    }

    private static byte[] Wav(int tag, int channels, int rate, int bits, int? bytesPerFrame = null) =>
        new RiffBuilder().Format(tag, channels, rate, bits, bytesPerFrame).Chunk("data", new byte[64]).Build();

    private void CheckContent(AudioErrorKind kind, byte[] content, string what)
    {
        string path = _folder["bad-" + Encoding.ASCII.GetByteCount(what) + ".wav"];
        File.WriteAllBytes(path, content);
        AudioMeshException error = FileAssert.Throws(kind, what, () => AudioFile.OpenRead(path));
        Assert.That(error.Message, Does.StartWith(path));
    }
}
