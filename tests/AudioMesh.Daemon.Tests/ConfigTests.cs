// SPDX-License-Identifier: MIT
using System.Diagnostics;
using AudioMesh.Testing;

namespace AudioMesh.Daemon.Tests;

/// <summary>What is said about configurations.</summary>
[Platform("Linux")]
internal sealed class ConfigTests
{
    [TestCase("[device]\nperoid = 64\n", "config.toml:2: 'device.peroid' is not known; there is backend, channels, input_channels, name, period, rate.")]
    [TestCase("\n\n[devise]\nperiod = 64\n", "config.toml:3: 'devise' is not known; there is device,")]
    [TestCase("[device]\nperiod = 4\n", "config.toml:2: device.period 4 is not allowed: whole number 16..8192.")]
    [TestCase("[device]\nperiod = \"64\"\n", "config.toml:2: device.period 64 is not allowed: whole number 16..8192.")]
    [TestCase("[device]\nbackend = \"oss\"\n", "config.toml:2: device.backend oss is not allowed: auto, jack, alsa, coreaudio, null, wav.")]
    [TestCase("[device]\nbackend = \n", "config.toml:2: ")]
    [TestCase("device = 3\n", "config.toml:1: device 3 is not allowed: a table.")]
    [TestCase("[device]\nperiod = 64\nperiod = 65\n", "config.toml:3: ")]
    [TestCase("[socket]\nmode = \"0999\"\n", "config.toml:2: The mode '0999' is none")]
    [TestCase("[socket]\ngroup = \"nobody-has-this\"\n", "config.toml:2: There is no group 'nobody-has-this'.")]
    [TestCase("[roles]\nothers = \"owner\"\n", "config.toml:2: roles.others owner is not allowed: none, read, play, record, admin.")]
    [TestCase("[roles.users]\nroot = \"play\"\n\nnobody-has-this = \"play\"\n", "config.toml:4: There is no user 'nobody-has-this'.")]
    [TestCase("[roles.users]\nroot = \"play\"\n0 = \"read\"\n", "config.toml:3: The user '0' has a role already")]
    [TestCase("[log]\nlevel = \"loud\"\n", "config.toml:2: log.level loud is not allowed: debug, information, warning, error, none.")]
    [TestCase("[telemetry]\nendpoint = \"collector\"\n", "config.toml:2: 'collector' is no address of a collector")]
    [TestCase("[network]\nlisten = \"0.0.0.0:50505\"\n", "config.toml:2: A session needs its key")]
    [TestCase("[network]\nkey_file = \"a\"\npassphrase_file = \"b\"\n", "config.toml:3: A session has either a key file or a passphrase.")]
    [TestCase("[files]\nfolders = \"/srv\"\n", "config.toml:2: files.folders /srv is not allowed: a list of texts.")]
    [TestCase("[graph]\nstart = 1979-05-27\n", "config.toml:2: Dates and times are of no use here.")]
    public void A_wrong_TOML_file_is_refused_with_its_line(string text, string expected) => Refused("config.toml", text, expected);

    [TestCase("{\n\"device\": {\n  \"peroid\": 64\n}}", "config.json:3: 'device.peroid' is not known; there is backend, channels, input_channels, name, period, rate.")]
    [TestCase("{\n\"device\": {\n  \"period\": 64,\n  \"period\": 65\n}}", "config.json:4: 'period' is given twice.")]
    [TestCase("{\n\"device\": {\n  \"period\": 64.5\n}}", "config.json:3: device.period 64.5 is not allowed: whole number 16..8192.")]
    [TestCase("{\n\"device\": \n", "config.json:")]
    [TestCase("[]", "config.json:1: The file is no JSON object.")]
    [TestCase("{\n\"log\": null}", "config.json:2: null is of no use here.")]
    public void A_wrong_JSON_file_is_refused_with_its_line(string text, string expected) => Refused("config.json", text, expected);

    [Test]
    public void TOML_and_JSON_are_one_model()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder.PathOf("start.json"), Graphs.Tone);
        File.WriteAllText(folder.PathOf("config.json"), """
            {
              // A comment, and a last comma.
              "device": { "backend": "null", "period": 64 },
              "roles": { "users": { "root": "admin" } },
              "graph": { "start": "start.json" },
            }
            """);
        (int code, string said) = Check(folder.PathOf("config.json"));
        Assert.That(code, Is.Zero, said);
        Assert.That(said, Does.Contain("config.json: ok"));
    }

    [Test]
    public void The_graph_to_begin_with_is_looked_over()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder.PathOf("start.json"), Graphs.Tone.Replace("\"to\":\"out\"", "\"to\":\"inn\"", StringComparison.Ordinal));
        File.WriteAllText(folder.PathOf("config.toml"), "[graph]\nstart = \"start.json\"\n");
        (int code, string said) = Check(folder.PathOf("config.toml"));
        Assert.That(code, Is.EqualTo(1), said);
        Assert.That(said, Does.Contain("start.json: graph.connections[0].to: There is no node 'inn'."));
    }

    [Test]
    public void A_file_that_is_not_there_is_named()
    {
        (int code, string said) = Check("/nowhere/audiomixerd.toml");
        Assert.That(code, Is.EqualTo(1), said);
        Assert.That(said, Does.Contain("/nowhere/audiomixerd.toml"));
    }

    [Test]
    public void The_example_is_well_as_it_is_and_with_all_that_it_comments_out()
    {
        using TemporaryFolder folder = new();
        string example = Repository.PathOf("packaging", "audiomixerd.toml");
        (int code, string said) = Check(example);
        Assert.That(code, Is.Zero, said);

        File.WriteAllText(folder.PathOf("start.json"), Graphs.Tone);
        IEnumerable<string> lines = File.ReadLines(example)
            .Select(line => line.StartsWith('#') && !line.StartsWith("# ", StringComparison.Ordinal) ? line[1..] : line)
            .Select(line => line.StartsWith("start = ", StringComparison.Ordinal) ? "start = \"start.json\"" : line)
            .Where(line => !line.StartsWith("passphrase_file", StringComparison.Ordinal));
        File.WriteAllLines(folder.PathOf("all.toml"), lines);
        (code, said) = Check(folder.PathOf("all.toml"));
        Assert.That(code, Is.Zero, said);
        Assert.That(File.ReadLines(folder.PathOf("all.toml")).Count(line => line.Contains(" = ", StringComparison.Ordinal) && !line.StartsWith('#')), Is.GreaterThan(25));
    }

    private static void Refused(string name, string text, string expected)
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder.PathOf(name), text);
        (int code, string said) = Check(folder.PathOf(name));
        Assert.That(code, Is.EqualTo(2), said);
        Assert.That(said, Does.Contain(expected));
        Assert.That(said.TrimEnd().Split('\n'), Has.Length.EqualTo(1), said);
    }

    private static (int Code, string Said) Check(string config)
    {
        using Process process = Process.Start(DaemonBinary.StartInfo("--config", config, "--check-config"))!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.Result);
    }
}
