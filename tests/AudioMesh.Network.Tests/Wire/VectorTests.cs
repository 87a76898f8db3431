// SPDX-License-Identifier: MIT
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using AudioMesh.Network.Wire;
using AudioMesh.Testing;

namespace AudioMesh.Network.Tests.Wire;

/// <summary>The vectors of docs/protocols/toast.md.</summary>
public sealed class VectorTests
{
    private static readonly Lazy<JsonArray> Vectors = new(ReadVectors);

    [Test]
    public void The_code_reads_what_the_document_says()
    {
        Assert.That(Vectors.Value.Select(vector => Text(vector, "type")).Distinct().Count(), Is.GreaterThanOrEqualTo(7));
        foreach (JsonNode? vector in Vectors.Value)
        {
            using EnvelopeOpener opener = new(KeyOf(vector), ownSender: 1);
            byte[] body = new byte[DatagramSize.Most];
            DropCause cause = opener.Open(Bytes(vector, "datagram"), body, default, out EnvelopeHeader header, out int bytes);
            Assert.That(cause, Is.EqualTo(DropCause.None));
            Assert.That(header.Session.ToString("x8", CultureInfo.InvariantCulture), Is.EqualTo(Text(vector, "tag")));
            Assert.That(header.Sender.ToString("x16", CultureInfo.InvariantCulture), Is.EqualTo(Text(vector, "sender")));
            Assert.That(header.Counter, Is.EqualTo((ulong)vector!["counter"]!));
            Assert.That(Convert.ToHexStringLower(body.AsSpan(0, bytes)), Is.EqualTo(Text(vector, "body")));
            Assert.That(
                JsonNode.DeepEquals(VectorFields.Of(header.Type, body.AsSpan(0, bytes)), vector["fields"]), $"{Text(vector, "type")}: {VectorFields.Of(header.Type, body.AsSpan(0, bytes))}");
        }
    }

    [Test]
    public void The_code_writes_what_the_document_says()
    {
        foreach (JsonNode? vector in Vectors.Value)
        {
            ulong sender = ulong.Parse(Text(vector, "sender"), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            using EnvelopeSealer sealer = new(new SenderIdentity(KeyOf(vector), sender, firstCounter: (ulong)vector!["counter"]!));
            EnvelopeHeader.TryRead(Bytes(vector, "datagram"), out EnvelopeHeader header);
            Assert.That(Convert.ToHexStringLower(TestSession.Seal(sealer, header.Type, Bytes(vector, "body"))), Is.EqualTo(Text(vector, "datagram")));
        }
    }

    [Test]
    public void A_reader_written_from_the_document_alone_agrees()
    {
        JsonArray read = RunPython();
        Assert.That(read, Has.Count.EqualTo(Vectors.Value.Count));
        foreach ((JsonNode? vector, JsonNode? other) in Vectors.Value.Zip(read))
        {
            foreach (string field in (string[])["session_key", "tag", "sender_key", "sender_vector", "type", "sender", "counter", "body", "fields"])
            {
                Assert.That(JsonNode.DeepEquals(vector![field], other![field]), $"{field} of {Text(vector, "type")}: {other[field]}");
            }
        }
    }

    /// <summary>The bodies of the vectors of a type.</summary>
    internal static IReadOnlyList<byte[]> BodiesOf(string type) => [.. Vectors.Value.Where(vector => Text(vector, "type") == type).Select(vector => Bytes(vector, "body"))];

    private static JsonArray ReadVectors()
    {
        string page = File.ReadAllText(Repository.PathOf("docs", "protocols", "toast.md"));
        int begin = page.LastIndexOf("```json\n", StringComparison.Ordinal) + "```json\n".Length;
        return (JsonArray)JsonNode.Parse(page[begin..page.LastIndexOf("```", StringComparison.Ordinal)])!;
    }

    private static JsonArray RunPython()
    {
        try
        {
            using Process python = Process.Start(new ProcessStartInfo(
                "python3", ["-B", Repository.PathOf("tests", "AudioMesh.Network.Tests", "Wire", "toast.py")])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            Task<string> error = python.StandardError.ReadToEndAsync();
            python.StandardInput.Write(Vectors.Value.ToJsonString());
            python.StandardInput.Close();
            string output = python.StandardOutput.ReadToEnd();
            python.WaitForExit();
            Assert.That(python.ExitCode, Is.Zero, error.Result);
            return (JsonArray)JsonNode.Parse(output)!;
        }
        catch (Win32Exception)
        {
            Assert.Ignore("no python3 on this machine");
            throw new UnreachableException();
        }
    }

    private static SessionKey KeyOf(JsonNode? vector) => vector!["passphrase"] is { } passphrase
        ? SessionKey.FromPassphrase((string)passphrase!, Text(vector, "session"))
        : SessionKey.FromSecret(Bytes(vector, "key_file"), Text(vector, "session"));

    private static string Text(JsonNode? vector, string field) => (string)vector![field]!;

    private static byte[] Bytes(JsonNode? vector, string field) => Convert.FromHexString(Text(vector, field));
}
