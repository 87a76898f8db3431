// SPDX-License-Identifier: MIT
using System.Text.Json;

namespace AudioMesh.Engine.Tests.Server;

/// <summary>Lines over the socket: every form of the protocol, and what clients do wrong with lines.</summary>
internal sealed class WireTests : ServerFixture
{
    private static readonly (string Request, string Reply)[] Walk =
    [
        ("""{"cmd":"ping"}""", """{"ok":true,"name":"audiomixerd","version":"…"}"""),
        ("""{"cmd":"backend","driver":"alsa"}""", """{"ok":true}"""),
        ("""{"cmd":"backend","driver":"jack"}""", """{"ok":true}"""),
        ("""{"cmd":"backend","driver":"null"}""", """{"ok":true}"""),
        ("""{"cmd":"device_open","name":"default","rate":48000,"channels":2,"period":128}""", """{"ok":true,"device":{"rate":48000,"channels":2,"period":128,"…":"…"}}"""),
        ("""{"cmd":"create_node","type":"tone","args":{"freq":440}}""", """{"ok":true,"id":1}"""),
        ("""{"cmd":"create_node","type":"app_source","args":{"frames":4096,"channels":2,"rate":44100}}""", """{"ok":true,"id":2,"ring":{"bytes":"…","frames":4096,"channels":2,"rate":44100,"descriptor":true}}"""),
        ("""{"cmd":"create_node","type":"gain","args":{"db":-6.0}}""", """{"ok":true,"id":3}"""),
        ("""{"cmd":"create_node","type":"mixer"}""", """{"ok":true,"id":4}"""),
        ("""{"cmd":"create_node","type":"device_source"}""", """{"ok":true,"id":5}"""),
        ("""{"cmd":"create_node","type":"device_sink"}""", """{"ok":true,"id":6}"""),
        ("""{"cmd":"connect","from":1,"to":3}""", """{"ok":true}"""),
        ("""{"cmd":"connect","from":3,"to":6}""", """{"ok":true}"""),
        ("""{"cmd":"subscribe","events":["xrun","stats","state"]}""", """{"ok":true}"""),
        ("""{"cmd":"start"}""", """{"ok":true}"""),
        ("""{"cmd":"set","id":3,"args":{"db":-12}}""", """{"ok":true,"id":3}"""),
        ("""{"cmd":"get","id":3}""", """{"ok":true,"type":"gain","name":"gain-3","args":{"db":-12,"channels":2},"owner":1,"public":false,"cost_us":"…","id":3}"""),
        ("""{"cmd":"disconnect","from":1,"to":3}""", """{"ok":true}"""),
        ("""{"cmd":"destroy_node","id":1}""", """{"ok":true,"id":1}"""),
        ("""{"cmd":"stop"}""", """{"ok":true}"""),
    ];

    [Test]
    public void Every_form_of_the_protocol_is_answered_as_it_is_written()
    {
        RawClient client = Connect();
        foreach ((string request, string reply) in Walk)
        {
            JsonElement actual = client.Ask(request);
            Assert.That(DocumentExamples.Matches(RawClient.Parse(reply), actual), $"{request} is answered {actual}");
        }
    }

    [Test]
    public void Events_come_between_replies_to_who_subscribed()
    {
        RawClient client = Connect();
        client.Ask("""{"cmd":"subscribe","events":["state"]}""");
        client.Ask("""{"cmd":"device_open","driver":"null","period":64}""");
        client.Send("""{"cmd":"start"}""" + "\n");
        string[] lines = [client.ReadLine()!, client.ReadLine()!];
        Assert.That(lines, Has.Some.StartsWith("""{"event":"state","value":"running","time":""").And.Some.EqualTo("""{"ok":true}"""));
    }

    [Test]
    public void Requests_sent_at_once_are_answered_in_order()
    {
        RawClient client = Connect();
        client.Send(string.Concat(Enumerable.Range(0, 1000).Select(i => $$"""{"cmd":"ping","tag":{{i}}}""" + "\n")));
        for (int i = 0; i < 1000; i++)
        {
            Assert.That(client.ReadReply().GetProperty("tag").GetInt32(), Is.EqualTo(i));
        }
    }

    [Test]
    public void A_line_may_come_byte_by_byte_and_others_do_not_wait_for_it()
    {
        RawClient slow = Connect();
        RawClient other = Connect();
        foreach (byte part in """{"cmd":"ping","tag":"slow"}"""u8)
        {
            slow.Send([part]);
            Assert.That(other.Ask("""{"cmd":"ping"}""").GetProperty("ok").GetBoolean());
        }

        slow.Send("\n");
        Assert.That(slow.ReadReply().GetProperty("tag").GetString(), Is.EqualTo("slow"));
    }

    [Test]
    public void A_half_line_of_a_client_that_went_is_not_carried_out()
    {
        RawClient client = Connect();
        client.Ask("""{"cmd":"create_node","type":"tone","public":true}""");
        client.Send("""{"cmd":"destroy_node","id":1}""");
        client.Dispose();
        Until(() => Server.ClientCount == 0, "the server did not notice");
        Assert.That(Engine.GetGraph().Nodes, Has.Count.EqualTo(1));
    }

    [Test]
    public void Who_sends_no_more_still_gets_all_replies()
    {
        RawClient client = Connect();
        client.Send(string.Concat(Enumerable.Repeat("""{"cmd":"describe"}""" + "\n", 100)));
        client.EndSending();
        int replies = 0;
        while (client.ReadLine() is not null)
        {
            replies++;
        }

        Assert.That(replies, Is.EqualTo(100));
    }

    [Test]
    public void A_line_that_is_too_long_is_answered_and_ends_the_connection()
    {
        RawClient client = Connect();
        try
        {
            client.Send(new string('x', Control.ControlSession.MaxRequestBytes + 4096));
        }
        catch (System.Net.Sockets.SocketException)
        {
            // The server does not read on.
        }

        Assert.That(CodeOf(client.ReadReply()), Is.EqualTo("protocol"));
        Assert.That(client.ReadLine(), Is.Null);
    }

    [Test]
    public void The_longest_line_is_carried_out()
    {
        RawClient client = Connect();
        string start = """{"cmd":"ping","x":" """;
        string line = start + new string('x', Control.ControlSession.MaxRequestBytes - start.Length - 2) + "\"}";
        Assert.That(client.Ask(line).GetProperty("ok").GetBoolean());
    }

    [TestCase("")]
    [TestCase("\r")]
    [TestCase("{\"cmd\":\"ping\"")]
    [TestCase("nonsense")]
    [TestCase("\0\u0001")]
    [TestCase("AMB1")]
    public void A_line_that_is_no_request_is_answered_and_the_next_is_carried_out(string line)
    {
        RawClient client = Connect();
        Assert.That(CodeOf(client.Ask(line)), Is.EqualTo("protocol"));
        Assert.That(client.Ask("""{"cmd":"ping"}""").GetProperty("ok").GetBoolean());
    }
}
