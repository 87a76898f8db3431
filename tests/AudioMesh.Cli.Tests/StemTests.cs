// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text.Json;
using AudioMesh.Testing;

namespace AudioMesh.Cli.Tests;

/// <summary><c>record --armed</c> and <c>collect</c>.</summary>
internal sealed class StemTests
{
    [Test]
    public void An_armed_take_begins_at_its_time_and_is_collected()
    {
        using TemporaryFolder folder = new();
        string path = folder.PathOf("song.wav");
        double at = ((DateTime.UtcNow - DateTime.UnixEpoch).TotalSeconds) + 8;
        CliResult recorded = Cli.Run(
            "record", path, "--armed", "--backend", "null", "--host", "managed", "--at", at.ToString("0.000000", CultureInfo.InvariantCulture), "--seconds", "1", "--json");
        Assert.That(recorded.ExitCode, Is.Zero, recorded.All);
        JsonElement finished = Cli.Lines(recorded)[^1];
        Assert.That(finished.GetProperty("end").GetString(), Is.EqualTo("time_over"));
        Assert.That(finished.GetProperty("frames").GetInt64(), Is.InRange(1, 48_200));

        CliResult collected = Cli.Run("collect", folder.FullPath, "--out", folder.PathOf("stems"), "--json");
        Assert.That(collected.ExitCode, Is.Zero, collected.All);
        JsonElement result = Cli.Lines(collected).Single();
        JsonElement stem = result.GetProperty("stems").EnumerateArray().Single();
        Assert.That(stem.GetProperty("name").GetString(), Is.EqualTo("song"));
        Assert.That(Sounds.ReadAll(stem.GetProperty("file").GetString()!), Is.Not.Empty);
        Assert.That(File.ReadAllText(result.GetProperty("project").GetString()!), Does.StartWith("<REAPER_PROJECT"));

        CliResult again = Cli.Run("collect", folder.FullPath, "--out", folder.PathOf("stems"));
        Assert.That(again.ExitCode, Is.EqualTo(1), again.All);
        Assert.That(again.Error, Does.StartWith("audiomesh: ").And.Contain("exists already"));
    }

    [Test]
    public void A_killed_recording_is_collected()
    {
        using TemporaryFolder folder = new();
        string path = folder.PathOf("song.wav");
        using CliProcess recording = Cli.StartUntil("0:04", "record", path, "--armed", "--backend", "null", "--host", "managed", "--format", "s16");
        recording.End("KILL");
        CliResult collected = Cli.Run("collect", path, "--out", folder.PathOf("stems"));
        Assert.That(collected.ExitCode, Is.Zero, collected.All);
        Assert.That(collected.Output, Does.Contain("(cut)").And.Contain("1 stem of "));
    }

    [Test]
    public void Ctrl_C_finishes_the_take()
    {
        using TemporaryFolder folder = new();
        string path = folder.PathOf("song.wav");
        using CliProcess recording = Cli.StartUntil("0:02", "record", path, "--armed", "--backend", "null", "--host", "managed");
        CliResult recorded = recording.End("INT");
        Assert.That(recorded.ExitCode, Is.Zero, recorded.All);
        Assert.That(recorded.Output, Does.Contain("Frame 0 is at mesh time ").And.Contain("Recorded "));
        CliResult collected = Cli.Run("collect", path, "--out", folder.PathOf("stems"));
        Assert.That(collected.ExitCode, Is.Zero, collected.All);
        Assert.That(collected.Output, Does.Not.Contain("(cut)"));
    }

    [TestCase("--at 5", "--at goes with --armed")]
    [TestCase("--key-file x.key", "--key-file goes with --armed")]
    [TestCase("--armed --at 5", "ago")]
    [TestCase("--armed --at NaN", "not a number")]
    [TestCase("--armed --at 1e308", "out of range")]
    [TestCase("--armed --at 99999999999", "ahead")]
    [TestCase("--armed --at 5 --at-mesh 5", "either --at or --at-mesh")]
    [TestCase("--armed --name anna", "needs its key")]
    public void What_cannot_be_armed_is_named(string options, string message)
    {
        using TemporaryFolder folder = new();
        CliResult result = Cli.Run(["record", folder.PathOf("a.wav"), "--backend", "null", .. options.Split(' ')]);
        Assert.That(result.ExitCode, Is.EqualTo(2), result.All);
        Assert.That(result.Error, Does.Contain(message));
        Assert.That(Directory.GetFiles(folder.FullPath), Is.Empty);
    }
}
