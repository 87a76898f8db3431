// SPDX-License-Identifier: MIT
using System.Text.Json;
using AudioMesh.Testing;

namespace AudioMesh.Cli.Tests;

/// <summary>Every command, on a machine that may have no sound at all.</summary>
internal sealed class CommandTests
{
    private static string[] CommandNames { get; } = ["play", "record", "collect", "takes", "tone", "send", "receive", "hub", "join", "time", "key", "devices", "compute", "eval", "impair", "doctor", "version", "completion"];

    [Test]
    public void Play_plays_a_file_to_its_end()
    {
        using TemporaryFolder folder = new();
        string path = folder.PathOf("short.wav");
        Sounds.WriteNoise(path, 24_000);
        CliResult result = Cli.Run("play", path, "--backend", "null");
        Assert.That(result.ExitCode, Is.Zero, result.All);
        Assert.That(result.Output, Does.Contain("Playing short.wav (48000 Hz, 2 channels, 0:00) on null, 48000 Hz, 128 frames, "));
        Assert.That(result.Output, Does.Match("Played \\d+ frames \\([0-9.]+ s\\) of short.wav: load "));
    }

    [Test]
    public void Play_opens_the_device_at_the_rate_of_the_file()
    {
        using TemporaryFolder folder = new();
        string path = folder.PathOf("cd.wav");
        Sounds.WriteNoise(path, 4410, rate: 44_100, channels: 1);
        CliResult result = Cli.Run("play", path, "--backend", "null", "--json");
        JsonElement started = Cli.Lines(result).Single(line => IsEvent(line, "started"));
        Assert.That(started.GetProperty("device").GetProperty("rate").GetInt32(), Is.EqualTo(44_100));
    }

    [Test]
    public void Play_loops_for_the_seconds_asked_for()
    {
        using TemporaryFolder folder = new();
        string path = folder.PathOf("loop.wav");
        Sounds.WriteNoise(path, 4800);
        CliResult result = Cli.Run("play", path, "--backend", "null", "--loop", "--seconds", "0.5", "--json");
        JsonElement finished = Cli.Lines(result)[^1];
        Assert.That(finished.GetProperty("end").GetString(), Is.EqualTo("time_over"), result.All);
        Assert.That(finished.GetProperty("frames").GetInt64(), Is.GreaterThanOrEqualTo(24_000));
    }

    [Test]
    public void Record_makes_a_file_of_at_least_the_seconds_asked_for()
    {
        using TemporaryFolder folder = new();
        string path = folder.PathOf("take.wav");
        CliResult result = Cli.Run("record", path, "--backend", "null", "--seconds", "0.3", "--format", "s16", "--channels", "1");
        Assert.That(result.ExitCode, Is.Zero, result.All);
        Assert.That(Sounds.ReadAll(path), Has.Length.GreaterThanOrEqualTo(14_400));
    }

    [Test]
    public void Record_replaces_a_file_only_when_told_so()
    {
        using TemporaryFolder folder = new();
        string path = folder.PathOf("mine.wav");
        File.WriteAllText(path, "mine");
        CliResult refused = Cli.Run("record", path, "--backend", "null", "--seconds", "0.1");
        Assert.That(refused.ExitCode, Is.EqualTo(1));
        Assert.That(refused.Error, Does.Contain(path).And.Contain("--overwrite"));
        Assert.That(File.ReadAllText(path), Is.EqualTo("mine"));
        Assert.That(Cli.Run("record", path, "--backend", "null", "--seconds", "0.1", "--overwrite").ExitCode, Is.Zero);
        Assert.That(Sounds.ReadAll(path), Is.Not.Empty);
    }

    [Test]
    public void Devices_lists_the_null_device()
    {
        CliResult result = Cli.Run("devices", "--backend", "null");
        Assert.That(result.ExitCode, Is.Zero, result.All);
        Assert.That(result.Output, Does.Match("null +null \\* +256 +256 +any"));
    }

    [Test]
    public void Doctor_ends_with_3_exactly_when_something_is_bad()
    {
        CliResult result = Cli.Run("doctor", "--json");
        JsonElement[] findings = [.. Cli.Lines(result).Single().GetProperty("findings").EnumerateArray()];
        bool isBad = findings.Any(finding => finding.GetProperty("verdict").GetString() == "bad");
        Assert.That(result.ExitCode, Is.EqualTo(isBad ? 3 : 0), result.All);
        string?[] checks = [.. findings.Select(finding => finding.GetProperty("check").GetString())];
        Assert.That(checks, Does.Contain("realtime_thread").And.Contain("engine"));
        IEnumerable<JsonElement> complaints = findings.Where(finding => finding.GetProperty("verdict").GetString() != "ok");
        Assert.That(complaints.Select(finding => finding.TryGetProperty("mend", out _)), Is.All.True, "What is not ok has its mend.");
    }

    [Test]
    public void Doctor_tries_the_device_it_is_told_to()
    {
        CliResult result = Cli.Run("doctor", "--backend", "null", "--period", "64", "--rate", "44100", "--json");
        JsonElement period = Cli.Lines(result).Single().GetProperty("findings").EnumerateArray().Single(finding => finding.GetProperty("check").GetString() == "period");
        Assert.That(period.GetProperty("finding").GetString(), Does.Contain("64 frames at 44100 Hz"));
    }

    [TestCaseSource(nameof(CommandNames))]
    public void Help_ends_with_examples(string command)
    {
        CliResult result = Cli.Run(command, "--help");
        Assert.That(result.ExitCode, Is.Zero, result.All);
        Assert.That(result.Output, Does.Contain($"Examples:\n  audiomesh {command}").Or.Contain($"audiomesh {command} "));
        Assert.That(result.Output, Does.Contain("Examples:"));
    }

    [Test]
    public void Suggestions_know_every_command()
    {
        CliResult result = Cli.Run("[suggest:10]", "audiomesh ");
        Assert.That(result.Output.Split('\n'), Is.SupersetOf(CommandNames));
    }

    [TestCase("bash", "complete -o default -F")]
    [TestCase("zsh", "compdef")]
    [TestCase("fish", "complete -c audiomesh")]
    public void Completion_prints_a_script_that_asks_for_suggestions(string shell, string sign)
    {
        CliResult result = Cli.Run("completion", shell);
        Assert.That(result.ExitCode, Is.Zero, result.All);
        Assert.That(result.Output, Does.Contain(sign).And.Contain("[suggest:"));
    }

    [Test]
    public void Every_line_of_json_is_an_object_and_the_last_says_ok()
    {
        string[][] commands =
        [
            ["tone", "--seconds", "0.2", "--backend", "null", "--json"],
            ["devices", "--json"],
            ["version", "--json"],
            ["compute", "--device", "cpu", "--json"],
        ];
        foreach (string[] command in commands)
        {
            CliResult result = Cli.Run(command);
            Assert.That(Cli.Lines(result)[^1].GetProperty("ok").GetBoolean(), result.All);
        }
    }

    [Test]
    public void Piped_output_has_no_escape_codes_even_where_the_environment_asks_for_colour()
    {
        Dictionary<string, string> environment = new() { ["TERM"] = "xterm-256color", ["GITHUB_ACTIONS"] = "true" };
        foreach (string[] command in (string[][])[["doctor"], ["devices"], ["tone", "--seconds", "0.2", "--backend", "null"], ["--help"]])
        {
            CliResult result = Cli.RunWith(environment, command);
            Assert.That(result.Output, Is.Not.Empty);
            Assert.That(result.Output + result.Error, Does.Not.Contain("\u001b"), string.Join(' ', command));
        }
    }

    private static bool IsEvent(JsonElement line, string name) => line.GetProperty("event").GetString() == name;
}
