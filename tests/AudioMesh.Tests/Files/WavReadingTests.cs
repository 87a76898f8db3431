// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using AudioMesh.Files;

namespace AudioMesh.Tests.Files;

/// <summary>WAV files as others write them.</summary>
internal sealed class WavReadingTests
{
    private const int Pcm = 1;
    private const int Float = 3;
    private const int Extensible = 0xFFFE;

    private readonly TempFolder _folder = new();

    [OneTimeTearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public void Eight_bit_samples_are_unsigned()
    {
        byte[] file = new RiffBuilder().Format(Pcm, 1, 8000, 8).Chunk("data", [0, 64, 128, 192, 255]).Build();
        AudioFileInfo info = Read(file, out float[] samples);
        Assert.That(samples, Is.EqualTo(new[] { -1f, -0.5f, 0f, 0.5f, 127f / 128 }));
        Assert.That(info.Format, Is.EqualTo(FileSampleFormat.Int8));
        Assert.That(info.Rate, Is.EqualTo(8000));
    }

    [Test]
    public void Double_precision_is_read()
    {
        double[] values = [0.1, -1.5, 1e-300, double.MaxValue];
        byte[] file = new RiffBuilder().Format(Float, 2, 48000, 64).Chunk("data", MemoryMarshal.AsBytes(values.AsSpan())).Build();
        AudioFileInfo info = Read(file, out float[] samples);
        Assert.That(samples, Is.EqualTo(Array.ConvertAll(values, value => (float)value)));
        Assert.That(info.Format, Is.EqualTo(FileSampleFormat.Float64));
    }

    [Test]
    public void Samples_narrower_than_their_bytes_are_left_justified()
    {
        Read(new RiffBuilder().Format(Pcm, 1, 48000, 20, bytesPerFrame: 3).Chunk("data", [0, 0, 0x40]).Build(), out float[] packed);
        Read(new RiffBuilder().Format(Pcm, 1, 48000, 24, bytesPerFrame: 4).Chunk("data", [0, 0, 0, 0x40]).Build(), out float[] padded);
        Read(ExtensibleFile(bits: 32, validBits: 24, codec: Pcm, [0, 0, 0, 0x40]), out float[] extensible);
        Assert.That((packed[0], padded[0], extensible[0]), Is.EqualTo((0.5f, 0.5f, 0.5f)));
    }

    [Test]
    public void Extensible_float_is_read()
    {
        AudioFileInfo info = Read(ExtensibleFile(bits: 32, validBits: 32, codec: Float, BitConverter.GetBytes(0.25f)), out float[] samples);
        Assert.That(samples, Is.EqualTo(new[] { 0.25f }));
        Assert.That(info.Format, Is.EqualTo(FileSampleFormat.Float32));
    }

    [Test]
    public void Unknown_chunks_of_odd_size_are_passed_over()
    {
        byte[] file = new RiffBuilder().Chunk("LIST", [1, 2, 3]).Format(Pcm, 1, 48000, 16).Chunk("cue ", [1]).Chunk("data", [0, 0x40])
            .Chunk("ID3 ", [1, 2, 3, 4, 5]).Build();
        AudioFileInfo info = Read(file, out float[] samples);
        Assert.That(samples, Is.EqualTo(new[] { 0.5f }));
        Assert.That(info.IsTruncated, Is.False);
    }

    [Test]
    public void A_time_reference_is_found_before_and_after_the_samples([Values] bool before)
    {
        byte[] bext = new byte[602];
        BinaryPrimitives.WriteInt64LittleEndian(bext.AsSpan(338), 0x1_2345_6789);
        RiffBuilder builder = new RiffBuilder().Format(Pcm, 1, 48000, 16);
        builder = before ? builder.Chunk("bext", bext).Chunk("data", [0, 0]) : builder.Chunk("data", [0, 0]).Chunk("bext", bext);
        Assert.That(Read(builder.Build(), out _).TimeReference, Is.EqualTo(0x1_2345_6789));
    }

    [Test]
    public void A_time_reference_cut_short_or_negative_is_none()
    {
        byte[] bext = new byte[602];
        bext.AsSpan().Fill(0xFF);
        RiffBuilder negative = new RiffBuilder().Chunk("bext", bext).Format(Pcm, 1, 48000, 16).Chunk("data", [0, 0]);
        RiffBuilder cut = new RiffBuilder().Chunk("bext", bext.AsSpan(0, 345)).Format(Pcm, 1, 48000, 16).Chunk("data", [0, 0]);
        Assert.That(Read(negative.Build(), out _).TimeReference, Is.Null);
        Assert.That(Read(cut.Build(), out _).TimeReference, Is.Null);
    }

    [TestCase(0u, 0u)]
    [TestCase(0u, 36u)]
    [TestCase(0xFFFFFFFFu, 0xFFFFFFFFu)]
    [TestCase(0x7FFFF000u, 0x7FFFF024u)]
    public void A_streamed_file_plays_to_its_end(uint dataSize, uint riffSize)
    {
        byte[] file = new RiffBuilder().Format(Pcm, 1, 48000, 16).Chunk("data", [0, 0x40, 0, 0x20], dataSize).Build(riffSize);
        AudioFileInfo info = Read(file, out float[] samples);
        Assert.That(samples, Is.EqualTo(new[] { 0.5f, 0.25f }));
        Assert.That(info.IsTruncated, Is.False);
    }

    [Test]
    public void An_empty_file_with_chunks_after_its_samples_stays_empty()
    {
        byte[] file = new RiffBuilder().Format(Pcm, 1, 48000, 16).Chunk("data", []).Chunk("LIST", [1, 2, 3, 4]).Build();
        Assert.That(Read(file, out _).Frames, Is.Zero);
    }

    [Test]
    public void Truncated_samples_play_as_far_as_they_go_and_say_so()
    {
        byte[] file = new RiffBuilder().Format(Pcm, 2, 48000, 16).Chunk("data", [0, 0x40, 0, 0x20, 1, 1], 4000).Build();
        AudioFileInfo info = Read(file, out float[] samples);
        Assert.That(samples, Is.EqualTo(new[] { 0.5f, 0.25f }));
        Assert.That(info.IsTruncated);
        Assert.That(info.Frames, Is.EqualTo(1));
    }

    [Test]
    public void Long_files_say_their_size_in_ds64([Values("RF64", "BW64")] string id)
    {
        byte[] file = new RiffBuilder(id).Ds64(76, 4, 2).Format(Pcm, 1, 48000, 16)
            .Chunk("data", [0, 0x40, 0, 0x20, 9, 9, 9, 9], 0xFFFFFFFF).Build(0xFFFFFFFF);
        AudioFileInfo info = Read(file, out float[] samples);
        Assert.That(samples, Is.EqualTo(new[] { 0.5f, 0.25f }));
        Assert.That(info.Container, Is.EqualTo(id == "RF64" ? AudioContainer.Rf64 : AudioContainer.Bw64));
    }

    [Test]
    public void A_file_that_shrinks_while_it_is_read_just_ends()
    {
        string path = _folder["shrinks.wav"];
        FileAssert.WriteAll(path, new AudioFileOptions { Channels = 1 }, new float[100_000]);
        using IAudioFileReader reader = AudioFile.OpenRead(path);
        using (FileStream stream = new(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            stream.SetLength(1000);
        }

        Assert.That(reader.Read(new float[100_000]), Is.LessThan(1000));
        Assert.That(reader.Read(new float[1]), Is.Zero);
    }

    private static byte[] ExtensibleFile(int bits, int validBits, int codec, byte[] data)
    {
        byte[] extension =
        [
            22, 0, (byte)validBits, 0, 4, 0, 0, 0,
            (byte)codec, 0, 0x00, 0x00, 0x00, 0x00, 0x10, 0x00, 0x80, 0x00, 0x00, 0xAA, 0x00, 0x38, 0x9B, 0x71,
        ];
        return new RiffBuilder().Format(Extensible, 1, 48000, bits, extension: extension).Chunk("data", data).Build();
    }

    private AudioFileInfo Read(byte[] file, out float[] samples)
    {
        string path = _folder["read.wav"];
        File.WriteAllBytes(path, file);
        using IAudioFileReader reader = AudioFile.OpenRead(path);
        samples = FileAssert.ReadAll(reader);
        Assert.That(samples, Has.Length.EqualTo(reader.Info.Frames * reader.Info.Channels));
        return reader.Info;
    }
}
