// SPDX-License-Identifier: MIT
using AudioMesh.Files;
using AudioMesh.Tests.Dsp;

namespace AudioMesh.Tests.Files;

/// <summary>The kinds of files that need libsndfile.</summary>
internal sealed class SndFileTests
{
    private static readonly (string Extension, FileSampleFormat Format, AudioContainer Container)[] Exact =
    [
        (".flac", FileSampleFormat.Int16, AudioContainer.Flac),
        (".flac", FileSampleFormat.Int24, AudioContainer.Flac),
        (".aiff", FileSampleFormat.Int16, AudioContainer.Aiff),
        (".aif", FileSampleFormat.Int24, AudioContainer.Aiff),
        (".aiff", FileSampleFormat.Float32, AudioContainer.Aiff),
    ];

    private readonly TempFolder _folder = new();

    [OneTimeSetUp]
    public void NeedLibSndFile()
    {
        try
        {
            FileAssert.WriteAll(_folder["probe.flac"], new AudioFileOptions(), [0, 0]);
        }
        catch (AudioMeshException e) when (e.Kind == AudioErrorKind.LibraryMissing)
        {
            Assert.That(e.Message, Does.Contain("probe.flac").And.Contain("install"));
            Assert.Ignore(e.Message);
        }
    }

    [OneTimeTearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public void Exact_kinds_hold_the_same_samples_as_a_WAV_file([Range(0, 4)] int kind, [Values(1, 2, 7)] int channels)
    {
        (string extension, FileSampleFormat format, AudioContainer container) = Exact[kind];
        string path = _folder["exact" + extension];
        float[] samples = Array.ConvertAll(Signals.Noise(channels * 20_011), sample => sample * 1.1f);
        AudioFileOptions options = new() { Rate = 44100, Channels = channels, Format = format };
        FileAssert.WriteAll(path, options, samples);
        FileAssert.WriteAll(_folder["exact.wav"], options, samples);
        using IAudioFileReader reader = AudioFile.OpenRead(path);
        Assert.That(reader.Info, Is.EqualTo(new AudioFileInfo(path, container, format, 44100, channels, 20_011, null, false)));
        Signals.AssertSame(FileAssert.ReadAll(reader), FileAssert.ReadAll(_folder["exact.wav"]), path);
    }

    [TestCase(".ogg")]
    [TestCase(".oga")]
    [TestCase(".opus")]
    public void Lossy_kinds_hold_the_same_sound(string extension)
    {
        string path = _folder["lossy" + extension];
        float[] sine = Sine(48_000);
        FileAssert.WriteAll(path, new AudioFileOptions(), sine);
        using IAudioFileReader reader = AudioFile.OpenRead(path);
        float[] read = FileAssert.ReadAll(reader);
        Assert.That(reader.Info.Format, Is.EqualTo(FileSampleFormat.Lossy));
        Assert.That(reader.Info.Container, Is.EqualTo(AudioContainer.Ogg));
        Assert.That(read, Has.Length.EqualTo(sine.Length));
        Assert.That(Correlation(read, sine), Is.GreaterThan(0.99));
    }

    [TestCase(".flac")]
    [TestCase(".aiff")]
    public void Seek_reads_on_from_any_frame(string extension)
    {
        string path = _folder["seek" + extension];
        float[] samples = Signals.Noise(2 * 30_000);
        FileAssert.WriteAll(path, new AudioFileOptions(), samples);
        using IAudioFileReader reader = AudioFile.OpenRead(path);
        Random random = new(6);
        float[] piece = new float[200];
        for (int i = 0; i < 50; i++)
        {
            int frame = random.Next(30_001);
            reader.Seek(frame);
            int frames = reader.Read(piece);
            Assert.That(frames, Is.EqualTo(Math.Min(100, 30_000 - frame)));
            for (int sample = 0; sample < 2 * frames; sample++)
            {
                Assert.That(piece[sample], Is.EqualTo(samples[(2 * frame) + sample]).Within(1f / (1 << 23)));
            }
        }

        FileAssert.Throws(AudioErrorKind.InvalidArgument, "30001", () => reader.Seek(30_001));
    }

    [Test]
    public void WAV_codecs_that_are_not_ours_are_read()
    {
        string ours = _folder["ours.wav"];
        string alaw = _folder["alaw.wav"];
        FileAssert.WriteAll(ours, new AudioFileOptions { Channels = 1 }, Sine(10_000));
        Tool.Run("sox", "-D", ours, "-e", "a-law", alaw);
        using IAudioFileReader reader = AudioFile.OpenRead(alaw);
        Assert.That(reader.Info.Container, Is.EqualTo(AudioContainer.Wav));
        Assert.That(reader.Info.Format, Is.EqualTo(FileSampleFormat.Lossy));
        Assert.That(Correlation(FileAssert.ReadAll(reader), Sine(10_000)), Is.GreaterThan(0.99));
    }

    [TestCase("flac")]
    [TestCase("aiff")]
    [TestCase("aifc")]
    [TestCase("au")]
    [TestCase("caf")]
    [TestCase("w64")]
    [TestCase("ogg")]
    [TestCase("mp3")]
    public void Files_of_sox_are_read(string type)
    {
        string ours = _folder["for-sox.wav"];
        string theirs = _folder["sox." + type];
        float[] sine = Sine(20_000);
        FileAssert.WriteAll(ours, new AudioFileOptions { Channels = 1, Format = FileSampleFormat.Int16 }, sine);
        (int code, string output) = Tool.TryRun("sox", "-D", ours, theirs);
        if (code != 0)
        {
            Assert.Ignore($"this sox does not write {type}: {output}");
        }

        using IAudioFileReader reader = AudioFile.OpenRead(theirs);
        Assert.That((reader.Info.Rate, reader.Info.Channels), Is.EqualTo((48000, 1)));
        Assert.That(Peak(FileAssert.ReadAll(reader)), Is.EqualTo(0.5f).Within(0.05f));
    }

    [TestCase(".flac")]
    [TestCase(".ogg")]
    [TestCase(".aiff")]
    public void What_was_flushed_plays_after_a_crash(string extension)
    {
        string path = _folder["crash" + extension];
        string copy = _folder["copy" + extension];
        float[] samples = Sine(480_000);
        AudioMesh.Dsp.Mix.AddScaled(Signals.Noise(480_000), 0.01f, samples);
        using IAudioFileWriter writer = AudioFile.Create(path, new AudioFileOptions());
        writer.Write(samples);
        writer.Flush();
        File.Copy(path, copy);
        using IAudioFileReader reader = AudioFile.OpenRead(copy);
        float[] read = FileAssert.ReadAll(reader);
        Assert.That(read, Has.Length.GreaterThan(samples.Length / 2));
        Assert.That(reader.Info.Frames, Is.EqualTo(read.Length / 2));
        Assert.That(Correlation(read, samples), Is.GreaterThan(0.99));
    }

    [Test]
    public void Silence_is_written_in_any_amount()
    {
        string path = _folder["silence.flac"];
        using (IAudioFileWriter writer = AudioFile.Create(path, new AudioFileOptions { Channels = 3 }))
        {
            writer.WriteSilence(100_001);
            writer.Write([0.5f, 0.5f, 0.5f]);
            Assert.That(writer.FramesWritten, Is.EqualTo(100_002));
        }

        float[] read = FileAssert.ReadAll(path);
        Assert.That(read, Has.Length.EqualTo(300_006));
        Assert.That(Peak(read.AsSpan(0, 300_003).ToArray()), Is.Zero);
        Assert.That(read[^1], Is.EqualTo(0.5f));
    }

    [Test]
    public void What_a_kind_cannot_hold_is_FormatUnsupported_and_leaves_no_file()
    {
        (string Extension, AudioFileOptions Options)[] wrong =
        [
            (".flac", new() { Format = FileSampleFormat.Float32 }),
            (".flac", new() { Channels = 9 }),
            (".ogg", new() { Format = FileSampleFormat.Int16 }),
            (".aiff", new() { TimeReference = 1 }),
        ];
        foreach ((string extension, AudioFileOptions options) in wrong)
        {
            string path = _folder["wrong" + extension];
            FileAssert.Throws(AudioErrorKind.FormatUnsupported, path, () => AudioFile.Create(path, options));
            Assert.That(File.Exists(path), Is.False);
        }
    }

    [TestCase("fLaC")]
    [TestCase("OggS")]
    [TestCase("FORM")]
    [TestCase("caff")]
    [TestCase("ID3\x04")]
    [TestCase(".snd")]
    [TestCase("riff.")]
    public void A_false_beginning_is_refused_and_leaves_no_descriptor_open(string start)
    {
        string path = _folder["false"];
        File.WriteAllText(path, start + new string('x', 1000));
        FileAssert.Throws(AudioErrorKind.FileInvalid, path, () => AudioFile.OpenRead(path));
        Assert.That(OpenDescriptorsOf(path), Is.Zero);
    }

    [Test]
    public void Dispose_closes_the_descriptor()
    {
        string path = _folder["closed.flac"];
        FileAssert.WriteAll(path, new AudioFileOptions(), Sine(100));
        using (AudioFile.OpenRead(path))
        {
        }

        Assert.That(OpenDescriptorsOf(path), Is.Zero);
    }

    [Test]
    public void Calls_after_Dispose_are_InvalidState()
    {
        string path = _folder["disposed.flac"];
        IAudioFileWriter writer = AudioFile.Create(path, new AudioFileOptions());
        writer.Write([0, 0]);
        writer.Dispose();
        writer.Dispose();
        FileAssert.Throws(AudioErrorKind.InvalidState, path, () => writer.Write([0, 0]));
        IAudioFileReader reader = AudioFile.OpenRead(path);
        reader.Dispose();
        reader.Dispose();
        FileAssert.Throws(AudioErrorKind.InvalidState, path, () => reader.Read(new float[2]));
    }

    [Test]
    public void Nothing_is_allocated_after_opening()
    {
        string path = _folder["silent-heap.flac"];
        float[] samples = Sine(48_000);
        FileAssert.WriteAll(path, new AudioFileOptions(), samples);
        using IAudioFileReader reader = AudioFile.OpenRead(path);
        AudioFileOptions options = new() { Format = FileSampleFormat.Int24 };
        using IAudioFileWriter writer = AudioFile.Create(_folder["silent-heap.aiff"], options);
        Copy();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Copy();
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);

        void Copy()
        {
            reader.Seek(0);
            reader.Read(samples);
            writer.Write(samples);
            writer.WriteSilence(100);
            writer.Flush();
        }
    }

    private static int OpenDescriptorsOf(string path)
    {
        int count = 0;
        foreach (string descriptor in Directory.Exists("/proc/self/fd") ? Directory.GetFiles("/proc/self/fd") : [])
        {
            count += new FileInfo(descriptor).LinkTarget == path ? 1 : 0;
        }

        return count;
    }

    private static float[] Sine(int samples)
    {
        float[] sine = new float[samples];
        for (int i = 0; i < samples; i++)
        {
            sine[i] = 0.5f * MathF.Sin(i * 0.05f);
        }

        return sine;
    }

    private static float Peak(float[] samples) => AudioMesh.Dsp.Peak.Measure(samples);

    private static double Correlation(float[] left, float[] right)
    {
        double product = 0, leftSquares = 0, rightSquares = 0;
        for (int i = 0; i < Math.Min(left.Length, right.Length); i++)
        {
            product += (double)left[i] * right[i];
            leftSquares += (double)left[i] * left[i];
            rightSquares += (double)right[i] * right[i];
        }

        return product / Math.Sqrt(leftSquares * rightSquares);
    }
}
