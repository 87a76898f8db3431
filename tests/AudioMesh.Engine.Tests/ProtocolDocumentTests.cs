// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text.Json;
using AudioMesh.Clock;
using AudioMesh.Control;
using AudioMesh.Engine.Tests.Server;
using AudioMesh.Testing;

namespace AudioMesh.Engine.Tests;

/// <summary>docs/control-protocol.md says what the engine does.</summary>
[NonParallelizable]
internal sealed class ProtocolDocumentTests
{
    private static readonly string Document = File.ReadAllText(Repository.PathOf("docs", "control-protocol.md"));

    private TemporaryFolder _folder = null!;
    private string _before = "";
    private AudioEngine _engine = null!;
    private ControlServer _server = null!;
    private RawClient _client = null!;

    [SetUp]
    public void SetUpEngine()
    {
        _folder = new TemporaryFolder();
        File.Copy(Repository.PathOf("samples", "audio", "piano_prelude.wav"), _folder.PathOf("piano.wav"));
        _before = Environment.CurrentDirectory;
        Environment.CurrentDirectory = Path.GetDirectoryName(_folder.PathOf("piano.wav"))!;
        _engine = new AudioEngine();
        _server = new ControlServer(_engine, _folder.PathOf("engine.sock"));
        _client = new RawClient(_folder.PathOf("engine.sock"));
    }

    [TearDown]
    public async Task TearDownEngine()
    {
        _client.Dispose();
        await _server.DisposeAsync();
        _engine.Dispose();
        Environment.CurrentDirectory = _before;
        _folder.Dispose();
    }

    [Test]
    public void Every_example_is_answered_as_it_says()
    {
        List<string> examples = DocumentExamples.In(Document);
        Assert.That(examples, Has.Count.GreaterThan(60));
        for (int i = 0; i < examples.Count; i++)
        {
            using JsonDocument example = JsonDocument.Parse(examples[i]);
            if (example.RootElement.TryGetProperty("event", out JsonElement family))
            {
                AwaitEvent(example.RootElement, family.GetString()!);
                continue;
            }

            Assert.That(example.RootElement.TryGetProperty("cmd", out _), $"{examples[i]} is neither a request, a request's reply nor an event");
            string reply = Ask(InASecond(examples[i++]));
            using JsonDocument shown = JsonDocument.Parse(examples[i]);
            using JsonDocument actual = JsonDocument.Parse(reply);
            Assert.That(DocumentExamples.Matches(shown.RootElement, actual.RootElement), $"{examples[i - 1]}\n is answered\n{reply}\n and not\n{examples[i]}");
        }
    }

    [Test]
    public void Every_command_has_an_example()
    {
        using JsonDocument reply = JsonDocument.Parse(Ask("""{"cmd":"no such"}"""));
        string[] commands = reply.RootElement.GetProperty("error").GetProperty("allowed").GetString()!.Split(", ");
        Assert.That(commands.Where(command => !Document.Contains($"{{\"cmd\":\"{command}\"")), Is.Empty);
    }

    [Test]
    public void Every_node_type_and_argument_is_in_its_table()
    {
        using JsonDocument reply = JsonDocument.Parse(Ask("""{"cmd":"describe"}"""));
        foreach (JsonElement type in reply.RootElement.GetProperty("types").EnumerateArray())
        {
            string[] lines =
            [
                $"### `{type.GetProperty("type")}`", "", $"{type.GetProperty("description")}", "",
                "| argument | takes | default | given at | |", "|---|---|---|---|---|",
                .. type.GetProperty("args").EnumerateArray().Select(Row),
            ];
            Assert.That(Document, Does.Contain(string.Join('\n', lines) + "\n\n"));
        }
    }

    [Test]
    public void Every_error_code_is_explained() => Assert.That(
        Enum.GetValues<AudioErrorKind>().Where(kind => !Document.Contains($"\n| `{kind.ToCode()}` |")), Is.Empty);

    [Test]
    public void Every_family_of_events_is_named()
    {
        using JsonDocument reply = JsonDocument.Parse(Ask("""{"cmd":"subscribe","events":["no such"]}"""));
        string[] families = reply.RootElement.GetProperty("error").GetProperty("allowed").GetString()!.Split(", ");
        Assert.That(families.Where(family => !Document.Contains($"`{family}`")), Is.Empty);
    }

    /// <summary>A request's mesh time that the document leaves open.</summary>
    private static string InASecond(string request) => request.Replace("\"at\":\"…\"", $"\"at\":{MeshClock.Now.Add(1_000_000_000).Nanoseconds}");

    private static string Row(JsonElement argument)
    {
        string takes = argument.GetProperty("kind").GetString()!;
        takes += argument.TryGetProperty("min", out JsonElement min) ? $" {Text(min)}..{Text(argument.GetProperty("max"))}" : "";
        takes += argument.TryGetProperty("choices", out JsonElement choices) ? $" {string.Join(", ", choices.EnumerateArray())}" : "";
        takes += argument.TryGetProperty("unit", out JsonElement unit) ? $" {unit}" : "";
        string fallback = argument.TryGetProperty("default", out JsonElement value) ? $" {Text(value)} "
            : argument.GetProperty("required").GetBoolean() ? " required " : " ";
        string given = argument.GetProperty("read_only").GetBoolean() ? "read only" : argument.GetProperty("live").GetBoolean() ? "live" : "creation";
        return $"| `{argument.GetProperty("name")}` | {takes} |{fallback}| {given} | {argument.GetProperty("description")} |";
    }

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => value.GetDouble().ToString("0.###", CultureInfo.InvariantCulture),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => value.GetString()!,
    };

    private void AwaitEvent(JsonElement shown, string family)
    {
        List<string> seen = [];
        while (seen.Count < 1000)
        {
            JsonElement actual = _client.ReadEvent();
            if (actual.GetProperty("event").GetString() == family && DocumentExamples.Matches(shown, actual))
            {
                return;
            }

            seen.Add(actual.ToString());
        }

        Assert.Fail($"{shown} did not come, but\n{string.Join('\n', seen)}");
    }

    private string Ask(string request) => _client.Ask(request.ReplaceLineEndings(" ")).ToString();
}
