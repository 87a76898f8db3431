// SPDX-License-Identifier: MIT
using System.Text.Json;
using AudioMesh.Testing;

namespace AudioMesh.Cli.Tests;

/// <summary><c>daemon</c>, <c>ctl</c> and <c>graph</c>, with a daemon of the test's own.</summary>
[Platform("Linux")]
internal sealed class DaemonTests
{
    private const string Song = """
        {"nodes":[{"name":"pitch","type":"tone","args":{"freq":440}},{"name":"level","type":"gain","args":{"db":-12}},{"name":"out","type":"device_sink"}],
         "connections":[{"from":"pitch","to":"level"},{"from":"level","to":"out"}]}
        """;

    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, string> _environment = [];
    private CliProcess? _daemon;

    [OneTimeSetUp]
    public void Start()
    {
        _environment["AUDIOMIXERD_SOCKET"] = _folder.PathOf("daemon.sock");
        _daemon = Cli.StartUntilErrorWith(_environment, "Ready ", "daemon", "--backend", "null");
    }

    [SetUp]
    public void Clear() => Ctl("""{"cmd":"apply","graph":{"nodes":[],"connections":[]}}""");

    [OneTimeTearDown]
    public void End()
    {
        CliResult? result = _daemon?.End("TERM");
        _daemon?.Dispose();
        _folder.Dispose();
        Assert.That(result?.ExitCode, Is.Zero, result?.All);
    }

    [Test]
    public void Words_make_requests()
    {
        JsonElement made = Json(Ctl("create_node", "tone", "freq=440", "wave=square", "name=lead", "public=true", "--json"));
        JsonElement gain = Json(Ctl("create_node", "gain", "public=true", "--json"));
        Ctl("set", gain.GetProperty("id").ToString(), "db=-6");
        Ctl("connect", "lead", gain.GetProperty("id").ToString());
        JsonElement tone = Json(Ctl("get", made.GetProperty("id").ToString(), "--json"));
        JsonElement level = Json(Ctl("get", gain.GetProperty("id").ToString(), "--json"));
        Assert.Multiple(() =>
        {
            Assert.That(tone.GetProperty("name").GetString(), Is.EqualTo("lead"));
            Assert.That(tone.GetProperty("args").GetProperty("freq").GetDouble(), Is.EqualTo(440));
            Assert.That(tone.GetProperty("args").GetProperty("wave").GetString(), Is.EqualTo("square"));
            Assert.That(level.GetProperty("args").GetProperty("db").GetDouble(), Is.EqualTo(-6));
        });
    }

    [Test]
    public void A_request_is_sent_as_it_is_written()
    {
        Assert.That(Ctl("""{ "cmd": "ping", "tag": "a b" }""", "--json").Output, Does.EndWith(",\"tag\":\"a b\"}\n"));
        CliResult piped = Cli.RunPipedWith(_environment, "{\"cmd\":\"ping\",\"tag\":1}\n\n{\"cmd\":\"ping\",\"tag\":2}\n", "ctl", "-");
        Assert.That(piped.ExitCode, Is.Zero, piped.All);
        Assert.That(Cli.Lines(piped).Select(line => line.GetProperty("tag").GetInt32()), Is.EqualTo([1, 2]));
    }

    [TestCase(1, "There is no node 'nobody'.", "get", "nobody")]
    [TestCase(1, "There is no command 'fly'.", "fly")]
    [TestCase(2, "'pong' is one word too many for 'ping'.", "ping", "pong")]
    [TestCase(2, "is given twice", "create_node", "tone", "freq=1", "freq=2")]
    [TestCase(2, "That is no JSON", "{\"cmd\":")]
    [TestCase(2, "--at 'soon' is no mesh time", "set", "1", "db=1", "--at", "soon")]
    public void What_goes_wrong_is_said_in_a_line(int code, string text, params string[] words)
    {
        CliResult result = Cli.RunWith(_environment, ["ctl", .. words]);
        Assert.That(result.ExitCode, Is.EqualTo(code), result.All);
        Assert.That(result.Error, Does.StartWith("audiomesh: ").And.Contain(text));
        Assert.That(result.Error.TrimEnd().Split('\n'), Has.Length.EqualTo(1));
    }

    [Test]
    public void A_daemon_that_is_not_there_is_named()
    {
        CliResult result = Cli.Run("ctl", "ping", "--socket", _folder.PathOf("nobody.sock"));
        Assert.That(result.ExitCode, Is.EqualTo(1), result.All);
        Assert.That(result.Error, Does.Contain(_folder.PathOf("nobody.sock")));
    }

    [Test]
    public void A_graph_is_applied_drawn_and_saved()
    {
        File.WriteAllText(_folder.PathOf("song.json"), Song);
        CliResult applied = Run("graph", "apply", _folder.PathOf("song.json"));
        Assert.That(applied.Output, Does.Contain("created: pitch, level, out"));
        Assert.That(applied.Output, Does.Contain("connections: 2 made"));

        string[] tree = Ctl("graph").Output.TrimEnd().Split('\n');
        Assert.That(tree, Has.Length.EqualTo(4));
        Assert.That(tree[0], Is.EqualTo("3 nodes, 2 connections"));
        Assert.That(tree[1], Does.Contain("out device_sink"));
        Assert.That(tree[3], Does.Contain("pitch tone").And.Contain("freq=440"));

        string dot = Ctl("graph", "--dot").Output;
        Assert.That(dot, Does.StartWith("digraph audiomesh {\n").And.Contain(" -> ").And.EndWith("}\n"));

        Run("graph", "save", _folder.PathOf("saved.json"));
        CliResult again = Run("graph", "apply", _folder.PathOf("saved.json"), "--json");
        Assert.Multiple(() =>
        {
            foreach (string part in new[] { "created", "changed", "removed" })
            {
                Assert.That(Json(again).GetProperty(part).GetArrayLength(), Is.Zero, part);
            }
        });
    }

    [TestCase("\"from\":\"level\",\"to\":\"out\"", "\"from\":\"level\",\"to\":\"pitch\"", 2, "closes a cycle: level > pitch > level")]
    [TestCase("\"freq\":440", "\"freq\":0", 2, "graph.nodes[0].args.freq")]
    [TestCase("\"type\":\"gain\"", "\"type\":\"grain\"", 1, "There is no node type 'grain'.")]
    [TestCase("\"name\":\"level\"", "\"name\":\"pitch\"", 2, "is given twice")]
    [TestCase("\"nodes\"", "\"knots\"", 1, "is no graph")]
    [TestCase("[{\"from\":\"pitch\"", "{\"from\":\"pitch\"", 1, "song.json:2:")]
    public void A_wrong_graph_is_found_without_a_daemon(string right, string wrong, int code, string text)
    {
        using TemporaryFolder folder = new();
        string path = folder.PathOf("song.json");
        File.WriteAllText(path, Song);
        Assert.That(Cli.Run("graph", "check", path).ExitCode, Is.Zero);
        File.WriteAllText(path, Song.Replace(right, wrong, StringComparison.Ordinal));
        CliResult result = Cli.Run("graph", "check", path);
        Assert.That(result.ExitCode, Is.EqualTo(code), result.All);
        Assert.That(result.Error, Does.Contain(text).And.Contain(path));
    }

    [Test]
    public void Figures_are_a_table_or_the_reply()
    {
        Assert.That(Ctl("stats").Output, Does.Match("(?m)^cpu_pct +[0-9.]+$"));
        Assert.That(Json(Ctl("stats", "--json")).GetProperty("period").GetInt32(), Is.EqualTo(128));
    }

    [Test]
    public void Events_are_a_line_each()
    {
        // Without a node the device rests, and there are no figures of it.
        Ctl("create_node", "tone", "public=true");
        CliResult watched = Ctl("watch", "stats", "--seconds", "2.5", "--json");
        Assert.That(Cli.Lines(watched), Has.Count.GreaterThan(0));
        Assert.That(Cli.Lines(watched).All(line => line.GetProperty("event").GetString() == "stats"));
        Assert.That(Ctl("watch", "--seconds", "2.5").Output, Does.Match("(?m)^[0-9]+\\.[0-9]{3} stats state=running "));
    }

    private CliResult Ctl(params string[] words) => Run(["ctl", .. words]);

    private CliResult Run(params string[] words)
    {
        CliResult result = Cli.RunWith(_environment, words);
        Assert.That(result.ExitCode, Is.Zero, result.All);
        return result;
    }

    private static JsonElement Json(CliResult result) => Cli.Lines(result).Single();
}
