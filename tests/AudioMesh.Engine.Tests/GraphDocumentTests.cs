// SPDX-License-Identifier: MIT
using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using AudioMesh.Control;
using AudioMesh.Graph;
using AudioMesh.Testing;
using FsCheck;
using FsCheck.Fluent;

namespace AudioMesh.Engine.Tests;

/// <summary>Graphs that are written down, applied, kept and changed in one go.</summary>
internal sealed class GraphDocumentTests : EngineFixture
{
    private const string Evening = """
        {"cmd":"apply","graph":{"nodes":[{"name":"a","type":"tone","args":{"freq":330,"db":-6.3}},{"name":"g","type":"gain","args":{"db":-1.7}},
        {"name":"d","type":"delay","args":{"ms":0.3}},{"name":"p","type":"pan","args":{"position":0.3}},{"name":"app","type":"app_source","args":{"frames":5000}},
        {"name":"out","type":"device_sink"}],"connections":[{"from":"a","to":"g"},{"from":"g","to":"out"},{"from":"app","to":"out"}]}}
        """;

    private TemporaryFolder _folder = null!;
    private ControlSession _session = null!;
    private int _quits;

    [SetUp]
    public void SetUpSession()
    {
        _folder = new TemporaryFolder();
        _quits = 0;
        _session = new ControlSession(Engine, new ControlSessionOptions { Graphs = new GraphStore(_folder.PathOf("graphs")), OnQuit = () => _quits++ });
    }

    [TearDown]
    public void TearDownSession()
    {
        _session.Dispose();
        _folder.Dispose();
    }

    [Test]
    public void Applying_twice_is_applying_once()
    {
        Assert.That(Ask(Evening), Does.Contain("\"created\":[\"a\",\"g\",\"d\",\"p\",\"app\",\"out\"]"));
        Assert.That(Ask(Evening), Is.EqualTo("""{"ok":true,"created":[],"changed":[],"removed":[],"connected":0,"disconnected":0}"""));
    }

    [Test]
    public void The_order_of_members_and_nodes_does_not_matter() => Prop.ForAll(
        Gen.Choose(0, int.MaxValue).ToArbitrary(),
        seed =>
        {
            Ask(Evening);
            string before = Graph();
            string reply = Ask(JsonShuffle.Of(Evening, seed));
            Assert.That(reply, Is.EqualTo("""{"ok":true,"created":[],"changed":[],"removed":[],"connected":0,"disconnected":0}"""));
            return Graph() == before;
        }).QuickCheckThrowOnFailure();

    [Test]
    public void Of_every_type_with_any_arguments_a_second_apply_changes_nothing()
    {
        GraphTests.WriteWav(_folder.PathOf("a.wav"), 48000, 1, new float[4800]);
        RepeatableRandom random = new(5);

        // What a plug-in or a mode makes of a node's arguments, their own tests know.
        foreach (NodeType type in Engine.Nodes.Types.Where(type => type.Name is not ("ladspa" or "midi_clock")))
        {
            int applied = 0;
            string reply = "";
            for (int i = 0; i < 100 && applied < 5; i++)
            {
                string arguments = string.Join(',', Arguments(type, random, i));
                string request = $$$"""{"cmd":"apply","graph":{"nodes":[{"name":"it","type":"{{{type.Name}}}","args":{{{{arguments}}}}}]}}""";
                reply = Ask(request);
                if (reply.StartsWith("""{"ok":true""", StringComparison.Ordinal))
                {
                    applied++;
                    Assert.That(Ask(request), Is.EqualTo("""{"ok":true,"created":[],"changed":[],"removed":[],"connected":0,"disconnected":0}"""), request);
                }
            }

            Assert.That(applied, Is.EqualTo(5), $"arguments of {type.Name} that fit together: {reply}");
        }
    }

    [Test]
    public void What_is_written_down_makes_the_same_graph_elsewhere()
    {
        Ask(Evening);
        string graph = Graph();
        using AudioEngine other = new();
        using ControlSession elsewhere = new(other);
        Assert.That(Ask(elsewhere, $$"""{"cmd":"apply","graph":{{graph}}}"""), Does.Contain("\"ok\":true"));
        Assert.That(Graph(elsewhere), Is.EqualTo(graph));
        Assert.That(Ask($$"""{"cmd":"apply","graph":{{graph}}}"""), Does.Contain("\"created\":[],\"changed\":[],\"removed\":[]"));
    }

    [Test]
    public void Only_what_differs_is_touched()
    {
        Ask(Evening);
        int tone = Engine.FindNode("a").Id, app = Engine.FindNode("app").Id;
        string reply = Ask(Evening.Replace("330", "660").Replace("5000", "9000").Replace("\"position\":0.3", "\"position\":0"));
        Assert.That(reply, Does.Contain("\"created\":[\"app\"],\"changed\":[\"a\",\"p\"],\"removed\":[\"app\"],\"connected\":1"));
        Assert.That(Engine.FindNode("a").Id, Is.EqualTo(tone));
        Assert.That(Engine.FindNode("app").Id, Is.Not.EqualTo(app));
        Assert.That(Ask("""{"cmd":"get","id":"a"}"""), Does.Contain("\"freq\":660"));
    }

    [TestCase("\"device_sink\"", "\"speaker\"", "graph.nodes[5].type")]
    [TestCase("\"db\":-1.7", "\"db\":400", "graph.nodes[1].args.db")]
    [TestCase("\"db\":-1.7", "\"dB\":1", "graph.nodes[1].args.dB")]
    [TestCase("\"name\":\"g\"", "\"name\":\"a\"", "graph.nodes[1].name")]
    [TestCase("\"name\":\"g\"", "\"name\":\"\"", "graph.nodes[1].name")]
    [TestCase("{\"from\":\"a\",\"to\":\"g\"}", "{\"from\":\"a\"}", "graph.connections[0].to")]
    [TestCase("{\"from\":\"a\",\"to\":\"g\"}", "{\"from\":\"out\",\"to\":\"g\"}", "from")]
    [TestCase("{\"from\":\"a\",\"to\":\"g\"}", "{\"from\":\"g\",\"to\":\"g\"}", "to")]
    public void A_document_that_is_wrong_changes_nothing_and_is_told_where(string right, string wrong, string field)
    {
        Ask(Evening);
        string before = Graph();
        string reply = Ask(Evening.Replace("330", "331").Replace(right, wrong));
        Assert.That(reply, Does.Contain("\"ok\":false").And.Contain($"\"field\":\"{field}\""));
        Assert.That(Graph(), Is.EqualTo(before));
    }

    [Test]
    public void A_batch_is_carried_out_whole_or_not_at_all()
    {
        Assert.That(
            Ask("""{"cmd":"batch","requests":[{"cmd":"create_node","type":"tone","name":"t","tag":1},{"cmd":"create_node","type":"device_sink","name":"o"},{"cmd":"connect","from":"t","to":"o"},{"cmd":"set","id":"t","args":{"freq":220}}]}"""),
            Is.EqualTo("""{"ok":true,"replies":[{"ok":true,"id":1,"tag":1},{"ok":true,"id":2},{"ok":true},{"ok":true,"id":"t"}]}"""));
        Assert.That(Engine.FindNode("t").Get("freq")!.Value.Number, Is.EqualTo(220));
        string before = Graph();
        Assert.That(
            Ask("""{"cmd":"batch","requests":[{"cmd":"destroy_node","id":"t"},{"cmd":"device_close"}]}"""),
            Does.Contain("\"code\":\"protocol\"").And.Contain("requests[1].cmd"));
        Assert.That(Graph(), Is.EqualTo(before));
    }

    [Test]
    public void A_graph_is_kept_and_brought_back()
    {
        Ask(Evening);
        string before = Graph();
        Assert.That(Ask("""{"cmd":"save","name":"evening-1"}"""), Is.EqualTo("""{"ok":true}"""));
        Ask("""{"cmd":"apply","graph":{}}""");
        Assert.That(Engine.GetGraph().Nodes, Is.Empty);
        Assert.That(Ask("""{"cmd":"load","name":"evening-1"}"""), Does.Contain("\"ok\":true"));
        Assert.That(Graph(), Is.EqualTo(before));
    }

    [TestCase("")]
    [TestCase("../evil")]
    [TestCase(".hidden")]
    [TestCase("a/b")]
    public void A_saved_graph_has_a_plain_name(string name) =>
        Assert.That(Ask($$"""{"cmd":"save","name":"{{name}}"}"""), Does.Contain("invalid_argument").And.Contain("\"field\":\"name\""));

    [Test]
    public void What_is_no_saved_graph_is_said()
    {
        Assert.That(Ask("""{"cmd":"load","name":"none"}"""), Does.Contain("not_found"));
        Ask("""{"cmd":"save","name":"broken"}""");
        File.WriteAllText(_folder.PathOf("graphs/broken.json"), "{\"graph\":[");
        Assert.That(Ask("""{"cmd":"load","name":"broken"}"""), Does.Contain("file_invalid"));
    }

    [Test]
    public void Quit_tells_the_owner()
    {
        Assert.That(Ask("""{"cmd":"quit"}"""), Is.EqualTo("""{"ok":true}"""));
        Assert.That(_quits, Is.EqualTo(1));
    }

    [Test]
    public void Any_batch_leaves_the_graph_whole_or_as_it_was() => Prop.ForAll(
        Gen.ArrayOf(Gen.Elements(
            """{"cmd":"create_node","type":"gain","name":"x"}""",
            """{"cmd":"create_node","type":"gain","name":"y"}""",
            """{"cmd":"create_node","type":"device_sink","name":"z"}""",
            """{"cmd":"connect","from":"x","to":"y"}""",
            """{"cmd":"connect","from":"y","to":"x"}""",
            """{"cmd":"connect","from":"y","to":"z"}""",
            """{"cmd":"disconnect","from":"x","to":"y"}""",
            """{"cmd":"destroy_node","id":"y"}""",
            """{"cmd":"set","id":"x","args":{"db":-3}}""")).ToArbitrary(),
        requests =>
        {
            string before = Graph();
            string reply = Ask($$"""{"cmd":"batch","requests":[{{string.Join(',', requests)}}]}""");
            string after = Graph();
            Assert.That(Ask($$"""{"cmd":"apply","graph":{{after}}}"""), Does.Contain("\"created\":[],\"changed\":[],\"removed\":[],\"connected\":0,\"disconnected\":0"));
            return reply.StartsWith("""{"ok":true""", StringComparison.Ordinal) || after == before;
        }).QuickCheckThrowOnFailure();

    private IEnumerable<string> Arguments(NodeType type, RepeatableRandom random, int number)
    {
        foreach (ParameterDescriptor parameter in type.Parameters.Where(parameter => !parameter.IsReadOnly && parameter.Name is not ("shared" or "memfd")))
        {
            bool isPath = parameter.Name == "path";
            if (parameter.Default is not null && random.Next(2) == 0)
            {
                continue;
            }

            string path = type.Name == "file_sink" ? _folder.PathOf($"out-{number}.wav") : _folder.PathOf("a.wav");
            string value = parameter.Kind switch
            {
                ParameterKind.Flag => random.Next(2) == 0 ? "true" : "false",
                ParameterKind.Text => JsonSerializer.Serialize(isPath ? path : ""),
                ParameterKind.Choice => JsonSerializer.Serialize(parameter.Choices[random.Next(parameter.Choices.Count)]),
                ParameterKind.Integer => ((long)parameter.Min + random.Next((int)(Math.Min(parameter.Max, 96000) - parameter.Min) + 1)).ToString(),
                _ => FormattableString.Invariant($"{parameter.Min + ((random.NextSample() + 1) / 2 * (Math.Min(parameter.Max, parameter.Min + 500) - parameter.Min))}"),
            };
            yield return $"\"{parameter.Name}\":{value}";
        }
    }

    private string Graph() => Graph(_session);

    private static string Graph(ControlSession session)
    {
        using JsonDocument reply = JsonDocument.Parse(Ask(session, """{"cmd":"graph"}"""));
        return reply.RootElement.GetProperty("graph").GetRawText();
    }

    private string Ask(string request) => Ask(_session, request);

    private static string Ask(ControlSession session, string request)
    {
        ArrayBufferWriter<byte> reply = new();
        session.Handle(Encoding.UTF8.GetBytes(request), reply);
        return Encoding.UTF8.GetString(reply.WrittenSpan);
    }
}
