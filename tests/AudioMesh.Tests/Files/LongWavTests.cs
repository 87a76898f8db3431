// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Text;
using AudioMesh.Files;

namespace AudioMesh.Tests.Files;

/// <summary>Files around and beyond 4 GiB, nearly all of it holes that take no room on the disk.</summary>
internal sealed class LongWavTests
{
    private const long FourGiB = 1L << 32;
    private readonly TempFolder _folder = new();

    [OneTimeSetUp]
    public void NeedSparseFiles()
    {
        using FileStream probe = File.Create(_folder["probe"]);
        long before = new DriveInfo(_folder.Path).AvailableFreeSpace;
        probe.SetLength(FourGiB);
        probe.Flush(flushToDisk: true);
        bool isSparse = before - new DriveInfo(_folder.Path).AvailableFreeSpace < FourGiB / 2;
        probe.SetLength(0);
        if (!isSparse)
        {
            Assert.Ignore("the temporary folder's file system has no sparse files");
        }
    }

    [OneTimeTearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public void Beyond_4_GiB_the_writer_turns_RIFF_into_RF64(
        [Values(FileSampleFormat.Int24, FileSampleFormat.Float32)] FileSampleFormat format)
    {
        string path = _folder["long.wav"];
        long frames = (FourGiB / 3) + 1;
        using (IAudioFileWriter writer = AudioFile.Create(path, new AudioFileOptions { Channels = 1, Format = format, TimeReference = 7 }))
        {
            writer.Write([0.5f]);
            writer.WriteSilence(frames - 2);
            writer.Write([-0.25f]);
        }

        using IAudioFileReader reader = AudioFile.OpenRead(path);
        Assert.That(reader.Info, Is.EqualTo(new AudioFileInfo(path, AudioContainer.Rf64, format, 48000, 1, frames, 7, false)));
        float[] sample = new float[2];
        reader.Read(sample);
        Assert.That(sample, Is.EqualTo(new[] { 0.5f, 0f }));
        reader.Seek(frames - 2);
        Assert.That(reader.Read(sample), Is.EqualTo(2));
        Assert.That(sample, Is.EqualTo(new[] { 0f, -0.25f }));
        Assert.That(reader.Read(sample), Is.Zero);
    }

    [Test]
    public void Headers_of_long_files_are_those_of_EBU_Tech_3306()
    {
        string path = _folder["header.wav"];
        using IAudioFileWriter writer = AudioFile.Create(path, new AudioFileOptions { Channels = 2, Format = FileSampleFormat.Int16 });
        writer.Write([0.5f, 0.5f]);
        writer.Flush();
        byte[] head = new byte[80];
        ReadStart(path, head);
        Assert.That(Encoding.ASCII.GetString(head, 0, 4), Is.EqualTo("RIFF"));
        Assert.That(Encoding.ASCII.GetString(head, 12, 4), Is.EqualTo("JUNK"));

        writer.WriteSilence(FourGiB / 4);
        writer.Flush();
        ReadStart(path, head);
        long dataBytes = FourGiB + 4;
        Assert.That(Encoding.ASCII.GetString(head, 0, 4), Is.EqualTo("RF64"));
        Assert.That(Encoding.ASCII.GetString(head, 12, 4), Is.EqualTo("ds64"));
        Assert.That(BinaryPrimitives.ReadUInt32LittleEndian(head.AsSpan(4)), Is.EqualTo(0xFFFFFFFF));
        Assert.That(BinaryPrimitives.ReadUInt32LittleEndian(head.AsSpan(16)), Is.EqualTo(28));
        Assert.That(BinaryPrimitives.ReadInt64LittleEndian(head.AsSpan(20)), Is.EqualTo(new FileInfo(path).Length - 8));
        Assert.That(BinaryPrimitives.ReadInt64LittleEndian(head.AsSpan(28)), Is.EqualTo(dataBytes));
        Assert.That(BinaryPrimitives.ReadInt64LittleEndian(head.AsSpan(36)), Is.EqualTo(dataBytes / 4));
        Assert.That(Encoding.ASCII.GetString(head, 72, 4), Is.EqualTo("data"));
        Assert.That(BinaryPrimitives.ReadUInt32LittleEndian(head.AsSpan(76)), Is.EqualTo(0xFFFFFFFF));
    }

    [Test]
    public void Up_to_4_GiB_a_file_stays_RIFF()
    {
        string path = _folder["almost.wav"];
        long frames = (FourGiB - 1000) / 4;
        using (IAudioFileWriter writer = AudioFile.Create(path, new AudioFileOptions { Channels = 2, Format = FileSampleFormat.Int16 }))
        {
            writer.WriteSilence(frames);
        }

        using IAudioFileReader reader = AudioFile.OpenRead(path);
        Assert.That(reader.Info.Container, Is.EqualTo(AudioContainer.Wav));
        Assert.That(reader.Info.Frames, Is.EqualTo(frames));
    }

    [Test]
    public void A_streamed_file_may_be_longer_than_its_header_can_say()
    {
        string path = _folder["streamed.wav"];
        File.WriteAllBytes(path, new RiffBuilder().Format(1, 1, 48000, 16).Chunk("data", [], 0xFFFFFFFF).Build(0xFFFFFFFF));
        using (FileStream stream = new(path, FileMode.Open, FileAccess.Write))
        {
            stream.SetLength(44 + (3 * FourGiB));
        }

        using IAudioFileReader reader = AudioFile.OpenRead(path);
        Assert.That(reader.Info.Frames, Is.EqualTo(3 * FourGiB / 2));
    }

    private static void ReadStart(string path, Span<byte> bytes)
    {
        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        stream.ReadExactly(bytes);
    }
}
