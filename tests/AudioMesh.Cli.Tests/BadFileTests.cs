// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using AudioMesh.Testing;

namespace AudioMesh.Cli.Tests;

/// <summary>Files that cannot be played: one line that names the file, exit code 1, no stack trace.</summary>
internal sealed class BadFileTests
{
    private static TestCaseData[] Files { get; } =
    [
        new TestCaseData(null).SetArgDisplayNames("missing"),
        new TestCaseData(Array.Empty<byte>()).SetArgDisplayNames("empty"),
        new TestCaseData(Encoding.ASCII.GetBytes("This is a letter, not a recording of anything.")).SetArgDisplayNames("text"),
        new TestCaseData(Wav(2, 48_000)[..20]).SetArgDisplayNames("cut in its head"),
        new TestCaseData(Wav(0, 48_000)).SetArgDisplayNames("no channels"),
        new TestCaseData(Wav(2, 0)).SetArgDisplayNames("no rate"),
        new TestCaseData(Wav(2, 2_000_000_000)).SetArgDisplayNames("absurd rate"),
    ];

    [TestCaseSource(nameof(Files))]
    public void It_is_named_in_one_line_without_a_stack_trace(byte[]? content)
    {
        using TemporaryFolder folder = new();
        string path = folder.PathOf("bad.wav");
        if (content is not null)
        {
            File.WriteAllBytes(path, content);
        }

        CliResult result = Cli.Run("play", path, "--backend", "null");
        Assert.That(result.ExitCode, Is.EqualTo(1), result.All);
        Assert.That(result.Error, Does.StartWith("audiomesh: ").And.Contain(path));
        Assert.That(result.Error.TrimEnd(), Does.Not.Contain("\n"));
        Assert.That(result.All, Does.Not.Contain("   at "));
    }

    [Test]
    public void A_folder_is_no_file()
    {
        using TemporaryFolder folder = new();
        CliResult result = Cli.Run("play", folder.FullPath, "--backend", "null", "--json");
        JsonElement error = Cli.Lines(result)[^1].GetProperty("error");
        Assert.That(result.ExitCode, Is.EqualTo(1), result.All);
        Assert.That(error.GetProperty("message").GetString(), Does.Contain(folder.FullPath));
    }

    [Test]
    public void A_recording_that_cannot_be_made_is_named()
    {
        CliResult result = Cli.Run("record", "/nosuchfolder/take.wav", "--backend", "null", "--seconds", "0.1");
        Assert.That(result.ExitCode, Is.EqualTo(1), result.All);
        Assert.That(result.Error, Does.StartWith("audiomesh: ").And.Contain("/nosuchfolder/take.wav"));
    }

    private static byte[] Wav(ushort channels, int rate)
    {
        byte[] file = new byte[44 + 400];
        Encoding.ASCII.GetBytes("RIFF....WAVEfmt ").CopyTo(file, 0);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(4), file.Length - 8);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(16), 16);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(20), 1);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(22), channels);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(24), rate);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(32), (ushort)(channels * 2));
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(34), 16);
        Encoding.ASCII.GetBytes("data").CopyTo(file, 36);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(40), 400);
        return file;
    }
}
