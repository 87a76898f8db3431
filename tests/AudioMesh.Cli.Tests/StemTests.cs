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
        Assert.That(File.ReadAllText(result.GetProperty("ardour").GetString()!), Does.Contain("<Session "));

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

    [Test]
    public void The_engine_in_its_library_records_a_take()
    {
        string folderOfLibrary = Repository.PathOf("artifacts", "native");
        Assume.That(Directory.Exists(folderOfLibrary) && Directory.GetFiles(folderOfLibrary, "libaudiomesh.*", SearchOption.AllDirectories).Length > 0, "libaudiomesh has not been built (./build.sh build).");
        using TemporaryFolder folder = new();
        CliResult recorded = Cli.Run("record", folder.PathOf("song.wav"), "--armed", "--backend", "null", "--host", "isolated", "--seconds", "0.5", "--json");
        Assert.That(recorded.ExitCode, Is.Zero, recorded.All);
        Assert.That(Cli.Lines(recorded).First(line => line.GetProperty("event").GetString() == "started").GetProperty("engine").GetString(), Is.EqualTo("isolated"));
        Assert.That(Cli.Lines(recorded)[^1].GetProperty("frames").GetInt64(), Is.InRange(1, 24_100));
        CliResult collected = Cli.Run("collect", folder.PathOf("song.wav"), "--out", folder.PathOf("stems"), "--json");
        Assert.That(collected.ExitCode, Is.Zero, collected.All);
        Assert.That(Cli.Lines(collected)[0].GetProperty("stems")[0].GetProperty("cut").GetBoolean(), Is.False);
    }

    [Test]
    public void Takes_of_another_host_are_fetched_and_collected()
    {
        using TemporaryFolder folder = new();
        Directory.CreateDirectory(folder.PathOf("anna"));
        string key = folder.PathOf("jam.key");
        Assert.That(Cli.Run("key", "new", key).ExitCode, Is.Zero);
        Assert.That(Cli.Run("record", folder.PathOf("anna/song.wav"), "--armed", "--backend", "null", "--host", "managed", "--seconds", "0.5").ExitCode, Is.Zero);
        using CliProcess agent = Cli.StartUntil(
            "handed over", "agent", "--takes", folder.PathOf("anna"), "--transport", "engine", "--backend", "null", "--name", "anna", "--key-file", key, "--listen", "127.0.0.1:50963");
        string[] session = ["--hosts", "anna", "--key-file", key, "--listen", "127.0.0.1:0", "--to", "127.0.0.1:50963", "--name", "mixer"];

        CliResult listed = Cli.Run(["takes", .. session]);
        Assert.That(listed.ExitCode, Is.Zero, listed.All);
        Assert.That(listed.Output, Does.Match(@"anna +song +song "));
        CliResult collected = Cli.Run(["collect", "--fetch", "--take", "song", "--out", folder.PathOf("stems"), "--json", .. session]);
        Assert.That(collected.ExitCode, Is.Zero, collected.All);
        JsonElement[] lines = [.. Cli.Lines(collected)];
        Assert.That((lines[0].GetProperty("event").GetString(), lines[0].GetProperty("host").GetString(), lines[0].GetProperty("take").GetString()), Is.EqualTo(("fetched", "anna", "song")));
        Assert.That(File.ReadAllBytes(folder.PathOf("stems/takes/anna/song.wav")), Is.EqualTo(File.ReadAllBytes(folder.PathOf("anna/song.wav"))));
        Assert.That(lines[1].GetProperty("stems").GetArrayLength(), Is.EqualTo(1));

        CliResult unknown = Cli.Run(["collect", "--fetch", "--take", "gong", "--out", folder.PathOf("other"), .. session]);
        Assert.That(unknown.ExitCode, Is.EqualTo(1), unknown.All);
        Assert.That(unknown.Error, Does.Contain("Nobody has a take 'gong'"));
        Assert.That(agent.End("TERM").ExitCode, Is.Zero);
    }

    [TestCase("goes with --fetch", "--take", "song")]
    [TestCase("needs its key", "--fetch")]
    [TestCase("no take was named")]
    public void What_cannot_be_fetched_is_named(string message, params string[] options)
    {
        using TemporaryFolder folder = new();
        CliResult result = Cli.Run(["collect", "--out", folder.PathOf("stems"), .. options]);
        Assert.That(result.ExitCode, Is.EqualTo(2), result.All);
        Assert.That(result.Error, Does.Contain(message));
    }

    [TestCase("--at 5", "--at goes with --armed")]
    [TestCase("--key-file x.key", "--key-file goes with --armed")]
    [TestCase("--bus nats://127.0.0.1:1", "--bus goes with --armed")]
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
