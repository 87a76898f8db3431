// SPDX-License-Identifier: MIT
using AudioMesh.Files;
using AudioMesh.Tests.Dsp;

namespace AudioMesh.Tests.Files;

/// <summary>A disk that fills up: a tmpfs of a few pages. Needs the right to mount.</summary>
[Platform("Linux")]
internal sealed class FullDiskTests
{
    private const int DiskBytes = 512 * 1024;
    private readonly TempFolder _folder = new();
    private bool _isMounted;

    [OneTimeSetUp]
    public void Mount()
    {
        (int code, string output) = Tool.TryRun("mount", "-t", "tmpfs", "-o", $"size={DiskBytes}", "tmpfs", _folder.Path);
        _isMounted = code == 0;
        if (!_isMounted)
        {
            Assert.Ignore($"cannot mount a small disk: {output}");
        }
    }

    [OneTimeTearDown]
    public void Unmount()
    {
        if (_isMounted)
        {
            Tool.Run("umount", _folder.Path);
        }

        _folder.Dispose();
    }

    [TearDown]
    public void Empty()
    {
        foreach (string file in Directory.GetFiles(_folder.Path))
        {
            File.Delete(file);
        }
    }

    [Test]
    public void What_fitted_stays_playable(
        [Values(FileSampleFormat.Int16, FileSampleFormat.Int24, FileSampleFormat.Float32)] FileSampleFormat format,
        [Values(1, 3)] int channels)
    {
        string path = _folder["full.wav"];
        float[] samples = Signals.Noise(channels * 1000);
        using IAudioFileWriter writer = AudioFile.Create(path, new AudioFileOptions { Channels = channels, Format = format });
        FileAssert.Throws(AudioErrorKind.DiskFull, path, () => WriteForEver(writer, samples));
        FileAssert.Throws(AudioErrorKind.DiskFull, path, () => writer.Write(samples));
        FileAssert.Throws(AudioErrorKind.DiskFull, path, writer.Flush);
        AssertPlayable(path, writer, samples);
        Assert.That(new FileInfo(path).Length, Is.GreaterThan(DiskBytes * 9 / 10));
        Assert.DoesNotThrow(writer.Dispose);
        AssertPlayable(path, writer, samples);
    }

    [TestCase(".aiff")]
    [TestCase(".flac")]
    [TestCase(".ogg")]
    public void What_fitted_stays_playable_in_other_kinds_of_files(string extension)
    {
        string path = _folder["full" + extension];
        float[] samples = Signals.Noise(2000);
        using IAudioFileWriter writer = CreateOrIgnore(path);
        FileAssert.Throws(AudioErrorKind.DiskFull, path, () => WriteForEver(writer, samples));
        Assert.DoesNotThrow(writer.Dispose);
        Assert.That(FileAssert.ReadAll(path), Has.Length.GreaterThan(DiskBytes / 8));
    }

    [Test]
    public void What_does_not_fit_at_the_end_is_told_by_Dispose()
    {
        string path = _folder["last.wav"];
        float[] samples = Signals.Noise(8000);
        IAudioFileWriter writer = AudioFile.Create(path, new AudioFileOptions { Channels = 1 });
        writer.Write(samples);
        File.WriteAllBytes(_folder["filler"], new byte[DiskBytes - (5 * 4096)]);
        FileAssert.Throws(AudioErrorKind.DiskFull, path, writer.Dispose);
        Assert.DoesNotThrow(writer.Dispose);
        AssertPlayable(path, writer, samples);
    }

    [Test]
    public void A_file_that_cannot_begin_is_DiskFull()
    {
        using (FileStream filler = File.Create(_folder["filler"]))
        {
            Assert.Throws<IOException>(() => filler.Write(new byte[DiskBytes * 2]));
        }

        FileAssert.Throws(AudioErrorKind.DiskFull, "begin.wav", () => AudioFile.Create(_folder["begin.wav"], new AudioFileOptions()));
    }

    private static IAudioFileWriter CreateOrIgnore(string path)
    {
        try
        {
            return AudioFile.Create(path, new AudioFileOptions());
        }
        catch (AudioMeshException e) when (e.Kind == AudioErrorKind.LibraryMissing)
        {
            Assert.Ignore(e.Message);
            throw;
        }
    }

    private static void WriteForEver(IAudioFileWriter writer, float[] samples)
    {
        // Eight bytes and more a byte of disk: enough for codecs too.
        for (int written = 0; written < 8 * DiskBytes; written += samples.Length)
        {
            writer.Write(samples);
        }
    }

    private static void AssertPlayable(string path, IAudioFileWriter writer, float[] samples)
    {
        using IAudioFileReader reader = AudioFile.OpenRead(path);
        float[] read = FileAssert.ReadAll(reader);
        Assert.That(reader.Info.IsTruncated, Is.False);
        Assert.That(reader.Info.Frames, Is.EqualTo(writer.FramesWritten));
        for (int i = 0; i < read.Length; i++)
        {
            Assert.That(read[i], Is.EqualTo(samples[i % samples.Length]).Within(1f / 32768), $"sample {i}");
        }
    }
}
