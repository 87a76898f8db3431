// SPDX-License-Identifier: MIT
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using AudioMesh.Graph;
using AudioMesh.Network.Jdat;
using AudioMesh.Testing;

namespace AudioMesh.Network.Tests.Jdat;

/// <summary>docs/protocols/jdat.md says what is.</summary>
internal sealed partial class JdatDocumentTests
{
    private static readonly string Document = File.ReadAllText(Repository.PathOf("docs", "protocols", "jdat.md"));

    private static IEnumerable<string> Messages => Lines("\"type\":").Where(line => !line.StartsWith("{\"cmd\"", StringComparison.Ordinal));

    [TestCaseSource(nameof(Messages))]
    public void Every_message_is_read(string line)
    {
        JdatMessageKind kind = new JdatReader().Read(Encoding.UTF8.GetBytes(line), out JdatFault fault);
        Assert.That(kind, Is.Not.EqualTo(JdatMessageKind.Fault), fault.ToString());
    }

    [Test]
    public void Every_kind_of_message_and_command_has_an_example()
    {
        string all = string.Join('\n', Messages);
        foreach (string word in (string[])["\"jdat\"", "\"transport_command\"", "\"sync_calibration_block\"", "\"play\"", "\"stop\"", "\"locate\""])
        {
            Assert.That(all, Does.Contain(word));
        }
    }

    [Test]
    public void Every_error_is_named() =>
        Assert.That(Enum.GetNames<JdatError>().Where(name => name != nameof(JdatError.None) && !Document.Contains($"`{name}`")), Is.Empty);

    [Test]
    public void Nodes_take_the_arguments_shown()
    {
        foreach (string line in Lines("\"cmd\":\"create_node\""))
        {
            JsonElement root = JsonDocument.Parse(line).RootElement;
            NodeType type = root.GetProperty("type").GetString() == "jdat_source" ? JdatSourceNode.NodeType : JdatSinkNode.NodeType;
            Dictionary<string, ParameterValue> arguments = root.GetProperty("args").EnumerateObject().ToDictionary(
                property => property.Name,
                property => property.Value.ValueKind == JsonValueKind.Number ? (ParameterValue)property.Value.GetDouble() : property.Value.GetString()!);
            Assert.DoesNotThrow(() => _ = new NodeArguments(type, arguments));
        }
    }

    private static IEnumerable<string> Lines(string word) => Blocks().Matches(Document)
        .SelectMany(block => block.Groups[1].Value.Split('\n'))
        .Where(line => line.Contains(word, StringComparison.Ordinal));

    [GeneratedRegex("```json\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Blocks();
}
