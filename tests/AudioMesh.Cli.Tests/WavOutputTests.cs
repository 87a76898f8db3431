// SPDX-License-Identifier: MIT
using AudioMesh.Testing;

namespace AudioMesh.Cli.Tests;

/// <summary>Playing into a file.</summary>
internal sealed class WavOutputTests
{
    [Test]
    public void What_is_written_is_bit_for_bit_what_was_played()
    {
        if (!Cli.Run("devices").Output.Contains("\nwav ", StringComparison.Ordinal))
        {
            Assert.Ignore("this engine has no driver that writes WAV files");
        }

        using TemporaryFolder folder = new();
        string from = folder.PathOf("from.wav");
        string to = folder.PathOf("to.wav");
        float[] samples = Sounds.WriteNoise(from, 20_000);
        CliResult result = Cli.Run("play", from, "--output", to);
        Assert.That(result.ExitCode, Is.Zero, result.All);
        float[] written = Sounds.ReadAll(to);
        Assert.That(written, Has.Length.GreaterThanOrEqualTo(samples.Length));
        Assert.That(written.AsSpan(0, samples.Length).SequenceEqual(samples), "as played");
        Assert.That(written.AsSpan(samples.Length).ContainsAnyExcept(0f), Is.False, "silence after it");
    }
}
