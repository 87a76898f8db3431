// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using AudioMesh.Files;
using AudioMesh.Tests.Dsp;

namespace AudioMesh.Tests.Files;

/// <summary>Another implementation reads what we write and writes what we read.</summary>
internal sealed class SoxTests
{
    // sox says so of every extensible file with float samples: it looks for the extension once more after having read it.
    private const string KnownComplaint = "sox WARN wav: wave header missing extended part of fmt chunk";

    private static readonly string[] Encodings =
    [
        "unsigned-integer 8", "signed-integer 16", "signed-integer 24", "signed-integer 32", "floating-point 32", "floating-point 64",
    ];

    private readonly TempFolder _folder = new();
    private float[] _samples = [];

    [OneTimeSetUp]
    public void NeedSox()
    {
        Tool.Run("sox", "--version");
        _samples = Array.ConvertAll(Signals.Noise(6 * 4001), sample => sample * 0.9f);
    }

    [OneTimeTearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public void We_read_what_sox_writes(
        [ValueSource(nameof(Encodings))] string encoding, [Values(1, 2, 6)] int channels)
    {
        string path = _folder["sox.wav"];
        string[] parts = encoding.Split(' ');
        Tool.Run("sox", "-D", WriteRaw(channels), "-t", "wav", "-e", parts[0], "-b", parts[1], path);
        float step = parts[1] == "8" ? 1f / 128 : parts[1] == "16" ? 1f / 32768 : 1f / (1 << 23);
        AssertNear(FileAssert.ReadAll(path), step);
    }

    [Test]
    public void We_read_what_sox_streams()
    {
        string path = _folder["streamed.wav"];
        Tool.Run("sh", "-c", $"sox -D {WriteRaw(2)} -t wav -e floating-point -b 32 - | cat > {path}");
        using IAudioFileReader reader = AudioFile.OpenRead(path);
        Assert.That(reader.Info.IsTruncated, Is.False);
        AssertNear(FileAssert.ReadAll(reader), 1f / (1 << 23));
    }

    [Test]
    public void Sox_reads_what_we_write_without_complaint(
        [Values(FileSampleFormat.Int16, FileSampleFormat.Int24, FileSampleFormat.Int32, FileSampleFormat.Float32)] FileSampleFormat format,
        [Values(1, 2, 6)] int channels)
    {
        string ours = _folder["ours.wav"];
        string raw = _folder["ours.f32"];
        FileAssert.WriteAll(ours, new AudioFileOptions { Channels = channels, Format = format, TimeReference = 5 }, _samples);
        Assert.That(Tool.Run("sox", ours, raw).Trim(), Is.Empty.Or.EqualTo(KnownComplaint));
        float[] read = MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(raw)).ToArray();
        AssertNear(read, format == FileSampleFormat.Int16 ? 1f / 32768 : 1f / (1 << 23));
    }

    private string WriteRaw(int channels)
    {
        string path = _folder[$"raw-{channels}.wav"];
        FileAssert.WriteAll(path, new AudioFileOptions { Channels = channels }, _samples);
        return path;
    }

    private void AssertNear(float[] read, float step)
    {
        Assert.That(read, Has.Length.EqualTo(_samples.Length));
        for (int i = 0; i < read.Length; i++)
        {
            if (Math.Abs(read[i] - _samples[i]) > step)
            {
                Assert.Fail($"sample {i} is {read[i]}, not {_samples[i]}");
            }
        }
    }
}
