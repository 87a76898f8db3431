// SPDX-License-Identifier: MIT
using AudioMesh.Testing;

namespace AudioMesh.Cli.Tests;

/// <summary>Ctrl-C and SIGTERM end a run in order.</summary>
[Platform("Linux,MacOsX")]
internal sealed class SignalTests
{
    [TestCase("INT")]
    [TestCase("TERM")]
    public void Record_finishes_its_file(string signal)
    {
        using TemporaryFolder folder = new();
        string path = folder.PathOf("take.wav");
        using CliProcess record = Cli.StartUntil("0:01", "record", path, "--backend", "null");
        CliResult result = record.End(signal);
        Assert.That(result.ExitCode, Is.Zero, result.All);
        Assert.That(result.Output, Does.Contain("interrupted"));
        Assert.That(Sounds.ReadAll(path), Has.Length.GreaterThanOrEqualTo(2 * 48_000));
    }

    [TestCase("INT", 130)]
    [TestCase("TERM", 143)]
    public void Play_says_that_it_was_interrupted(string signal, int exitCode)
    {
        using CliProcess play = Cli.StartUntil("0:00", "play", Sounds.Recording, "--backend", "null");
        CliResult result = play.End(signal);
        Assert.That(result.ExitCode, Is.EqualTo(exitCode), result.All);
        Assert.That(result.Output, Does.Contain("interrupted"));
    }

    [Test]
    public void A_loop_ends_well_by_it()
    {
        using CliProcess play = Cli.StartUntil("0:00", "play", Sounds.Recording, "--backend", "null", "--loop");
        Assert.That(play.End("INT").ExitCode, Is.Zero);
    }
}
