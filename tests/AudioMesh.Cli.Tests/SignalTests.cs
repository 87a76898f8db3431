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
        IgnoreWhereItIsIgnored(signal);
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
        IgnoreWhereItIsIgnored(signal);
        using CliProcess play = Cli.StartUntil("0:00", "play", Sounds.Recording, "--backend", "null");
        CliResult result = play.End(signal);
        Assert.That(result.ExitCode, Is.EqualTo(exitCode), result.All);
        Assert.That(result.Output, Does.Contain("interrupted"));
    }

    [Test]
    public void A_loop_ends_well_by_it()
    {
        IgnoreWhereItIsIgnored("INT");
        using CliProcess play = Cli.StartUntil("0:00", "play", Sounds.Recording, "--backend", "null", "--loop");
        Assert.That(play.End("INT").ExitCode, Is.Zero);
    }

    /// <summary>A shell without job control makes what it starts in the background deaf to Ctrl-C, and their children with them.</summary>
    public static bool IsInterruptIgnored()
    {
        const int InterruptBit = 1;
        string? ignored = File.Exists("/proc/self/status") ? File.ReadLines("/proc/self/status").FirstOrDefault(line => line.StartsWith("SigIgn:")) : null;
        return ignored is not null && ((Convert.ToInt64(ignored[7..].Trim(), 16) >> InterruptBit) & 1) == 1;
    }

    private static void IgnoreWhereItIsIgnored(string signal)
    {
        if (signal == "INT" && IsInterruptIgnored())
        {
            Assert.Ignore("SIGINT is ignored here, as in whatever a shell starts in the background");
        }
    }
}
