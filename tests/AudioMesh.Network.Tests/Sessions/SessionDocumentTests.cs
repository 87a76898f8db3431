// SPDX-License-Identifier: MIT
using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using AudioMesh.Control;
using AudioMesh.Engine;
using AudioMesh.Graph;
using AudioMesh.Network.Session;
using AudioMesh.Testing;

namespace AudioMesh.Network.Tests.Sessions;

/// <summary>docs/session.md says what is.</summary>
internal sealed class SessionDocumentTests
{
    private static readonly string Document = File.ReadAllText(Repository.PathOf("docs", "session.md"));

    [TestCase("toast_sink")]
    [TestCase("toast_source")]
    public void Every_argument_of_a_node_is_in_its_table(string name)
    {
        using ToastHosts hosts = new();
        using AudioEngine engine = new(new AudioEngineOptions { Nodes = ToastNodes.Add(NodeCatalogue.CreateDefault(), hosts) });
        using ControlSession session = new(engine);
        ArrayBufferWriter<byte> reply = new();
        session.Handle(Encoding.UTF8.GetBytes($$"""{"cmd":"describe","type":"{{name}}"}"""), reply);
        using JsonDocument described = JsonDocument.Parse(reply.WrittenMemory);
        JsonElement type = described.RootElement.GetProperty("types")[0];
        string[] lines =
        [
            $"### `{type.GetProperty("type")}`", "", $"{type.GetProperty("description")}", "",
            "| argument | takes | default | given at | |", "|---|---|---|---|---|",
            .. type.GetProperty("args").EnumerateArray().Select(Row),
        ];
        Assert.That(Document, Does.Contain(string.Join('\n', lines) + "\n"));
    }

    [Test]
    public void Nodes_take_the_arguments_shown()
    {
        using ToastHosts hosts = new();
        NodeCatalogue types = ToastNodes.Add(new NodeCatalogue(), hosts);
        string[] examples = [.. Document.Split('\n').Where(line => line.StartsWith("{\"cmd\":\"create_node\"", StringComparison.Ordinal))];
        Assert.That(examples, Is.Not.Empty);
        foreach (string line in examples)
        {
            using JsonDocument example = JsonDocument.Parse(line);
            Dictionary<string, ParameterValue> arguments = example.RootElement.GetProperty("args").EnumerateObject().ToDictionary(
                property => property.Name,
                property => property.Value.ValueKind == JsonValueKind.Number ? (ParameterValue)property.Value.GetDouble() : property.Value.GetString()!);
            Assert.DoesNotThrow(() => _ = new NodeArguments(types.Find(example.RootElement.GetProperty("type").GetString()!), arguments));
        }
    }

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
}
