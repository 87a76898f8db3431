// SPDX-License-Identifier: MIT
using System.Buffers;
using System.Text;
using System.Text.Json;
using AudioMesh.Network.Hub;
using AudioMesh.Testing;

namespace AudioMesh.Network.Tests.Hub;

internal sealed class HubControlTests
{
    private HubMixer _hub = null!;
    private HubSeat _self;
    private HubSeat _other;

    [SetUp]
    public void MakeHub()
    {
        _hub = new HubMixer();
        _self = _hub.Join("me", 2, 2);
        _other = _hub.Join("Ann\u266b", 1, 2);
    }

    [Test]
    public void A_level_is_set_member_by_member()
    {
        Assert.That(Ask($$"""{"cmd":"hub_set","source":{{_other.Id}},"gain_db":-6,"solo":true}""").GetProperty("ok").GetBoolean());
        Assert.That(Ask($$"""{"cmd":"hub_set","source":{{_other.Id}},"pan":0.5,"mute":true}""").GetProperty("ok").GetBoolean());
        Assert.That(_hub.GetLevel(_self.Id, _other.Id), Is.EqualTo(new HubLevel(-6, 0.5, true, true)));
    }

    [Test]
    public void Sources_are_listed_with_their_levels()
    {
        JsonElement[] sources = [.. Ask("""{"cmd":"hub_sources"}""").GetProperty("sources").EnumerateArray()];
        Assert.That(sources.Select(source => source.GetProperty("name").GetString()), Is.EqualTo(new[] { "me", "Ann\u266b" }));
        Assert.That(sources.Select(source => source.GetProperty("self").GetBoolean()), Is.EqualTo(new[] { true, false }));
        Assert.That(sources.Select(source => source.GetProperty("mute").GetBoolean()), Is.EqualTo(new[] { true, false }));
        Assert.That(sources[1].GetProperty("channels").GetInt32(), Is.EqualTo(1));
    }

    [TestCase("", "protocol")]
    [TestCase("[]", "protocol")]
    [TestCase("{\"cmd\":[[[[[1]]]]]}", "protocol")]
    [TestCase("{}", "invalid_argument")]
    [TestCase("{\"cmd\":\"quit\"}", "invalid_argument")]
    [TestCase("{\"cmd\":\"hub_set\"}", "invalid_argument")]
    [TestCase("{\"cmd\":\"hub_set\",\"source\":99}", "not_found")]
    [TestCase("{\"cmd\":\"hub_set\",\"source\":2,\"gain_db\":25}", "invalid_argument")]
    [TestCase("{\"cmd\":\"hub_set\",\"source\":2,\"gain_db\":1e999}", "invalid_argument")]
    [TestCase("{\"cmd\":\"hub_set\",\"source\":2,\"pan\":\"left\"}", "invalid_argument")]
    [TestCase("{\"cmd\":\"hub_set\",\"source\":2,\"mute\":1}", "invalid_argument")]
    [TestCase("{\"cmd\":\"hub_set\",\"source\":2,\"gain_db\":-3,\"volume\":1}", "invalid_argument")]
    [TestCase("{\"cmd\":\"\\ud800\"}", "protocol")]
    public void What_makes_no_sense_is_refused_and_changes_nothing(string request, string code)
    {
        JsonElement reply = Ask(request);
        Assert.That(reply.GetProperty("ok").GetBoolean(), Is.False);
        Assert.That(reply.GetProperty("error").GetProperty("code").GetString(), Is.EqualTo(code));
        Assert.That(_hub.GetLevel(_self.Id, _other.Id), Is.EqualTo(new HubLevel()));
    }

    [Test]
    public void Any_bytes_get_an_answer()
    {
        RepeatableRandom random = new(8);
        byte[] seed = Encoding.UTF8.GetBytes("""{"cmd":"hub_set","source":2,"gain_db":-6,"pan":0.5,"mute":false,"solo":true}""");
        for (int round = 0; round < 20_000; round++)
        {
            byte[] request = (byte[])seed.Clone();
            for (int edits = 1 + random.Next(3); edits > 0; edits--)
            {
                request[random.Next(request.Length)] = random.Next(2) == 0 ? (byte)random.NextBits() : (byte)"{}[]\":,0129.e-truefals"[random.Next(20)];
            }

            ArrayBufferWriter<byte> reply = new();
            HubControl.Handle(_hub, _self.Id, request, reply);
            Assert.That(JsonDocument.Parse(reply.WrittenMemory).RootElement.TryGetProperty("ok", out _));
        }

        HubLevel level = _hub.GetLevel(_self.Id, _other.Id);
        Assert.That(level.GainDb, Is.InRange(-120, 24));
    }

    [Test]
    public void The_document_shows_what_is_answered()
    {
        _hub = new HubMixer();
        _self = _hub.Join("me", 2, 2);
        _hub.Join("Ann", 1, 2);
        string[] lines = [.. File.ReadAllLines(Repository.PathOf("docs", "hub.md")).SkipWhile(line => line != "## Requests").Where(line => line.StartsWith('{'))];
        Assert.That(lines, Has.Length.EqualTo(4));
        for (int i = 0; i < lines.Length; i += 2)
        {
            Assert.That(Ask(lines[i]).GetRawText(), Is.EqualTo(lines[i + 1]));
        }
    }

    private JsonElement Ask(string request)
    {
        ArrayBufferWriter<byte> reply = new();
        HubControl.Handle(_hub, _self.Id, Encoding.UTF8.GetBytes(request), reply);
        return JsonDocument.Parse(reply.WrittenMemory).RootElement;
    }
}
