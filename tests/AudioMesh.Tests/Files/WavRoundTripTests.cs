// SPDX-License-Identifier: MIT
using AudioMesh.Files;
using AudioMesh.Tests.Dsp;
using FsCheck;
using FsCheck.Fluent;

namespace AudioMesh.Tests.Files;

internal sealed class WavRoundTripTests
{
    private static readonly FileSampleFormat[] Writable =
        [FileSampleFormat.Int16, FileSampleFormat.Int24, FileSampleFormat.Int32, FileSampleFormat.Float32];

    private readonly TempFolder _folder = new();

    [OneTimeTearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public void What_was_written_is_read_whatever_format_channels_and_pieces()
    {
        Gen<(FileSampleFormat Format, int Channels, int Frames, int Piece, int Rate)> cases =
            from format in Gen.Elements(Writable)
            from channels in Gen.Frequency((4, Gen.Choose(1, 9)), (1, Gen.Choose(10, 256)))
            from frames in Gen.Frequency((4, Gen.Choose(0, 300)), (1, Gen.Choose(301, 20000)))
            from piece in Gen.Choose(1, 5000)
            from rate in Gen.Elements(1000, 8000, 44100, 48000, 96000, 384000, 768000)
            select (format, channels, frames, piece, rate);

        Prop.ForAll(cases.ToArbitrary(), Survives).Check(Config.QuickThrowOnFailure.WithMaxTest(150));
    }

    [Test]
    public void Quantized_samples_come_back_bit_for_bit(
        [Values(1, 2, 3)] int channels, [ValueSource(nameof(Writable))] FileSampleFormat format)
    {
        string first = _folder[$"first-{channels}-{format}.wav"];
        string second = _folder[$"second-{channels}-{format}.wav"];
        AudioFileOptions options = new() { Channels = channels, Format = format };
        FileAssert.WriteAll(first, options, Signals.Noise(channels * 5001));
        FileAssert.WriteAll(second, options, FileAssert.ReadAll(first));
        Assert.That(File.ReadAllBytes(second), Is.EqualTo(File.ReadAllBytes(first)));
    }

    [Test]
    public void Float_files_keep_every_sample_as_it_is()
    {
        float[] wild = Signals.Wild(4000);
        string path = _folder["wild.wav"];
        FileAssert.WriteAll(path, new AudioFileOptions(), wild);
        Signals.AssertSame(FileAssert.ReadAll(path), wild, "float file");
    }

    [Test]
    public void Integer_files_clip_at_full_scale()
    {
        string path = _folder["clip.wav"];
        FileAssert.WriteAll(path, new AudioFileOptions { Channels = 1, Format = FileSampleFormat.Int16 }, [2f, -2f, float.NaN]);
        Assert.That(FileAssert.ReadAll(path), Is.EqualTo(new[] { 32767 / 32768f, -1f, 0f }));
    }

    [Test]
    public void Seek_reads_on_from_any_frame()
    {
        string path = _folder["seek.wav"];
        float[] samples = Signals.Noise(2 * 50_000);
        FileAssert.WriteAll(path, new AudioFileOptions(), samples);
        using IAudioFileReader reader = AudioFile.OpenRead(path);
        Random random = new(5);
        float[] piece = new float[2 * 100];
        for (int i = 0; i < 500; i++)
        {
            int frame = random.Next(50_001);
            reader.Seek(frame);
            for (int reads = random.Next(3); reads >= 0; reads--)
            {
                int frames = reader.Read(piece);
                Assert.That(frames, Is.EqualTo(Math.Min(100, 50_000 - frame)));
                Assert.That(piece.AsSpan(0, 2 * frames).SequenceEqual(samples.AsSpan(2 * frame, 2 * frames)), $"at frame {frame}");
                frame += frames;
            }
        }

        FileAssert.Throws(AudioErrorKind.InvalidArgument, "50001", () => reader.Seek(50_001));
        FileAssert.Throws(AudioErrorKind.InvalidArgument, "-1", () => reader.Seek(-1));
    }

    [Test]
    public void Silence_can_be_written_between_samples([ValueSource(nameof(Writable))] FileSampleFormat format)
    {
        string path = _folder[$"gap-{format}.wav"];
        using (IAudioFileWriter writer = AudioFile.Create(path, new AudioFileOptions { Channels = 1, Format = format }))
        {
            writer.Write([0.5f]);
            writer.Flush();
            writer.WriteSilence(3);
            writer.Write([-0.5f]);
            Assert.That(writer.FramesWritten, Is.EqualTo(5));
        }

        Assert.That(FileAssert.ReadAll(path), Is.EqualTo(new[] { 0.5f, 0, 0, 0, -0.5f }));
    }

    [Test]
    public void Time_reference_is_kept([Values(0, 1, 4147200000, long.MaxValue)] long frames)
    {
        string path = _folder["bext.wav"];
        FileAssert.WriteAll(path, new AudioFileOptions { TimeReference = frames }, [0.5f, 0.25f]);
        using IAudioFileReader reader = AudioFile.OpenRead(path);
        Assert.That(reader.Info.TimeReference, Is.EqualTo(frames));
        Assert.That(reader.Info.Frames, Is.EqualTo(1));
    }

    [Test]
    public void What_was_flushed_is_readable_while_the_writer_lives()
    {
        string path = _folder["flushed.wav"];
        float[] samples = Signals.Noise(3 * 999);
        using IAudioFileWriter writer = AudioFile.Create(path, new AudioFileOptions { Channels = 3, Format = FileSampleFormat.Float32 });
        writer.Write(samples);
        writer.Flush();
        Assert.That(FileAssert.ReadAll(path), Is.EqualTo(samples));
        writer.Write(samples);
        writer.Flush();
        Assert.That(FileAssert.ReadAll(path), Has.Length.EqualTo(2 * samples.Length));
    }

    [Test]
    public void A_recording_that_was_never_flushed_plays_as_far_as_it_got()
    {
        string path = _folder["crashed.wav"];
        float[] samples = Signals.Noise(2 * 100_000);
        using IAudioFileWriter writer = AudioFile.Create(path, new AudioFileOptions());
        writer.Write(samples);
        File.Copy(path, _folder["copy.wav"]);
        float[] read = FileAssert.ReadAll(_folder["copy.wav"]);
        Assert.That(read, Has.Length.GreaterThan(samples.Length / 2));
        Assert.That(samples.AsSpan().StartsWith(read));
    }

    [Test]
    public void An_existing_file_is_replaced_whole()
    {
        string path = _folder["replace.wav"];
        FileAssert.WriteAll(path, new AudioFileOptions(), Signals.Noise(2000));
        FileAssert.WriteAll(path, new AudioFileOptions { Channels = 1, Format = FileSampleFormat.Int16 }, [0.5f]);
        Assert.That(FileAssert.ReadAll(path), Is.EqualTo(new[] { 0.5f }));
        Assert.That(new FileInfo(path).Length, Is.LessThan(100));
    }

    [Test]
    public void Nothing_is_allocated_after_opening()
    {
        string path = _folder["silent-heap.wav"];
        float[] samples = Signals.Noise(2 * 48_000);
        using IAudioFileWriter writer = AudioFile.Create(path, new AudioFileOptions { Format = FileSampleFormat.Int24 });
        writer.Write(samples);
        writer.Flush();
        using IAudioFileReader reader = AudioFile.OpenRead(path);
        reader.Read(samples.AsSpan(0, 1000));
        reader.Seek(0);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 20; i++)
        {
            writer.Write(samples);
            writer.WriteSilence(100);
            writer.Flush();
            reader.Seek(0);
            reader.Read(samples);
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    private bool Survives((FileSampleFormat Format, int Channels, int Frames, int Piece, int Rate) shape)
    {
        string path = _folder["property.wav"];
        float[] samples = Signals.Noise(shape.Frames * shape.Channels, shape.Piece);
        AudioFileOptions options = new() { Rate = shape.Rate, Channels = shape.Channels, Format = shape.Format };
        using (IAudioFileWriter writer = AudioFile.Create(path, options))
        {
            for (int at = 0; at < shape.Frames; at += shape.Piece)
            {
                int frames = Math.Min(shape.Piece, shape.Frames - at);
                writer.Write(samples.AsSpan(at * shape.Channels, frames * shape.Channels));
            }
        }

        using IAudioFileReader reader = AudioFile.OpenRead(path);
        AudioFileInfo expected = new(path, AudioContainer.Wav, shape.Format, shape.Rate, shape.Channels, shape.Frames, null, false);
        float[] read = FileAssert.ReadAll(reader);
        return reader.Info == expected && read.Length == samples.Length && LargestDifference(read, samples) <= StepOf(shape.Format);
    }

    private static float StepOf(FileSampleFormat format) => format switch
    {
        FileSampleFormat.Int16 => 1f / 32768,
        FileSampleFormat.Int24 => 1f / 8388608,
        FileSampleFormat.Int32 => 1f / 8388608,
        _ => 0,
    };

    private static float LargestDifference(float[] left, float[] right)
    {
        float largest = 0;
        for (int i = 0; i < left.Length; i++)
        {
            largest = Math.Max(largest, Math.Abs(left[i] - right[i]));
        }

        return largest;
    }
}
