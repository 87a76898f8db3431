// SPDX-License-Identifier: MIT
using System.Buffers;
using System.Text;
using System.Text.Json;
using AudioMesh.Control;
using FsCheck;
using FsCheck.Fluent;

namespace AudioMesh.Engine.Tests;

internal sealed class ControlSessionTests : EngineFixture
{
    private ControlSession _session = null!;

    [SetUp]
    public void SetUpSession() => _session = new ControlSession(Engine);

    [TearDown]
    public void TearDownSession() => _session.Dispose();

    [TestCase("""{"cmd":"ping"}""", "\"name\":\"audiomixerd\"")]
    [TestCase("""{"cmd":"drivers"}""", "\"driver\":\"manual\"")]
    [TestCase("""{"cmd":"devices"}""", "\"name\":\"one\"")]
    [TestCase("""{"cmd":"backend","driver":"manual"}""", "\"ok\":true")]
    [TestCase("""{"cmd":"device_open","name":"default","rate":48000,"channels":2,"period":128}""", "\"period\":128")]
    [TestCase("""{"cmd":"device"}""", "\"device\":null")]
    [TestCase("""{"cmd":"create_node","type":"tone","args":{"freq":440}}""", "\"id\":1")]
    [TestCase("""{"cmd":"create_node","type":"app_source","args":{"frames":4096,"channels":2,"rate":44100}}""", "\"frames\":4096")]
    [TestCase("""{"cmd":"describe","type":"gain"}""", "\"name\":\"db\"")]
    [TestCase("""{"cmd":"list"}""", "\"nodes\":[]")]
    [TestCase("""{"cmd":"stats"}""", "\"underruns\":0")]
    [TestCase("""{"cmd":"subscribe","events":["xrun","stats","state"]}""", "\"ok\":true")]
    [TestCase("""{"cmd":"ping","tag":"a-7"}""", "\"tag\":\"a-7\"")]
    [TestCase("""{"cmd":"ping","id":12}""", "\"id\":12")]
    [TestCase("""{"cmd":"ping","tag":-1.50e3}""", "\"tag\":-1.50e3")]
    [TestCase("""{"c\u006dd":"p\u0069ng","tag":"\ta"}""", "\"tag\":\"\\ta\"")]
    [TestCase("""{"cmd":"fly","cmd":"ping"}""", "\"name\":\"audiomixerd\"")]
    [TestCase("""{"cmd":"ping","tag":"\ud800"}""", "\"name\":\"audiomixerd\"")]
    public void A_request_is_carried_out(string request, string expected)
    {
        string reply = Ask(request);
        Assert.That(reply, Does.Contain("\"ok\":true").And.Contain(expected));
    }

    [TestCase("", "protocol", null)]
    [TestCase("[1]", "protocol", null)]
    [TestCase("{", "protocol", null)]
    [TestCase("""{"cmd":"fly"}""", "protocol", "cmd")]
    [TestCase("""{}""", "invalid_argument", "cmd")]
    [TestCase("""{"cmd":7}""", "invalid_argument", "cmd")]
    [TestCase("""{"cmd":"start"}""", "invalid_state", null)]
    [TestCase("""{"cmd":"create_node","type":"cat"}""", "not_found", "type")]
    [TestCase("""{"cmd":"create_node","type":"tone","args":{"freq":-1}}""", "invalid_argument", "args.freq")]
    [TestCase("""{"cmd":"create_node","type":"tone","args":{"fred":1}}""", "invalid_argument", "args.fred")]
    [TestCase("""{"cmd":"create_node","type":"file_source"}""", "invalid_argument", "args.path")]
    [TestCase("""{"cmd":"create_node","type":"tone","args":[]}""", "invalid_argument", "args")]
    [TestCase("""{"cmd":"connect","from":1,"to":2}""", "not_found", "from")]
    [TestCase("""{"cmd":"connect","from":"x","to":2}""", "not_found", "from")]
    [TestCase("""{"cmd":"connect","from":true,"to":2}""", "invalid_argument", "from")]
    [TestCase("""{"cmd":"device_open","period":3}""", "invalid_argument", "period")]
    [TestCase("""{"cmd":"device_open","rate":99999999}""", "invalid_argument", "rate")]
    [TestCase("""{"cmd":"device_open","driver":"soundblaster"}""", "not_found", "driver")]
    [TestCase("""{"cmd":"subscribe","events":["rain"]}""", "invalid_argument", "events")]
    [TestCase("""{"cmd":"set","id":1,"args":{"db":0}}""", "not_found", "id")]
    [TestCase("""{"cmd":"set","id":1}""", "not_found", "id")]
    [TestCase("""{"cmd":"device_open","channels":999}""", "invalid_argument", "channels")]
    [TestCase("""{"cmd":"create_node","type":"tone","args":{"freq":"\ud800"}}""", "protocol", null)]
    public void A_bad_request_gets_a_named_error_and_changes_nothing(string request, string code, string? field)
    {
        using JsonDocument reply = JsonDocument.Parse(Ask(request));
        JsonElement error = reply.RootElement.GetProperty("error");
        Assert.That(reply.RootElement.GetProperty("ok").GetBoolean(), Is.False);
        Assert.That(error.GetProperty("code").GetString(), Is.EqualTo(code));
        Assert.That(error.TryGetProperty("field", out JsonElement named) ? named.GetString() : null, Is.EqualTo(field));
        Assert.That(Engine.GetGraph().Nodes, Is.Empty);
    }

    [Test]
    public void Events_come_as_documented_to_who_subscribed_and_to_nobody_else()
    {
        using ControlSession deaf = new(Engine);
        Ask("""{"cmd":"subscribe","events":["state","xrun"]}""");
        Ask("""{"cmd":"device_open"}""");
        Ask("""{"cmd":"start"}""");
        Device.Pull(64);
        Device.DeviceFrame += 64;
        Device.Pull(64);
        List<string> lines = [];
        ArrayBufferWriter<byte> output = new();
        while (!lines.Exists(line => line.Contains("missed")) && _session.TryNextEvent(output, 5000))
        {
            lines.Add(Encoding.UTF8.GetString(output.WrittenSpan));
            output.ResetWrittenCount();
        }

        Assert.That(lines[0], Does.StartWith("""{"event":"state","value":"running","time":"""));
        Assert.That(lines[^1], Does.Contain("\"event\":\"xrun\",\"type\":\"missed\",\"usec\":1333,\"frames\":64,\"cause\":\"device\""));
        Assert.That(deaf.TryNextEvent(output), Is.False);
    }

    [Test]
    public void A_session_whose_engine_ended_says_so()
    {
        Engine.Dispose();
        Assert.That(Ask("""{"cmd":"start"}"""), Does.Contain("\"code\":\"invalid_state\""));
        Assert.Throws<AudioMeshException>(() => _session.TryNextEvent(new ArrayBufferWriter<byte>(), 1000));
    }

    [Test]
    public void A_request_that_is_too_long_is_refused()
    {
        string reply = Ask("{\"cmd\":\"ping\",\"x\":\"" + new string('x', ControlSession.MaxRequestBytes) + "\"}");
        Assert.That(reply, Does.Contain("\"code\":\"protocol\""));
    }

    [Test]
    public void Mutated_requests_never_get_anything_but_one_json_object()
    {
        string[] seeds =
        [
            """{"cmd":"create_node","type":"gain","args":{"db":-6.0,"channels":2},"tag":1}""",
            """{"cmd":"device_open","name":"default","rate":48000,"channels":2,"period":128,"output_ports":["a","b"]}""",
            """{"cmd":"connect","from":1,"to":6}""",
            """{"cmd":"set","id":1,"args":{"freq":1e308}}""",
            """{"cmd":"subscribe","events":["xrun","stats","state"]}""",
        ];
        Gen<byte[]> mutants =
            from seed in Gen.Elements(seeds)
            from edits in Gen.Choose(0, 255).ListOf()
            from places in Gen.Choose(0, 200).ListOf()
            select Mutate(Encoding.UTF8.GetBytes(seed), [.. edits.Zip(places)]);
        Prop.ForAll(Arb.From(mutants), request =>
        {
            ArrayBufferWriter<byte> output = new();
            _session.Handle(request, output);
            using JsonDocument reply = JsonDocument.Parse(output.WrittenMemory);
            return reply.RootElement.GetProperty("ok").ValueKind is JsonValueKind.True or JsonValueKind.False;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));
    }

    private static byte[] Mutate(byte[] request, (int Edit, int Place)[] edits)
    {
        foreach ((int edit, int place) in edits)
        {
            request[place % request.Length] = (byte)edit;
        }

        return request;
    }

    private string Ask(string request)
    {
        ArrayBufferWriter<byte> output = new();
        _session.Handle(Encoding.UTF8.GetBytes(request), output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
