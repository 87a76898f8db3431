// SPDX-License-Identifier: MIT
using System.Text.Json;
using AudioMesh.Control;

namespace AudioMesh.Engine.Tests.Server;

/// <summary>What is beyond a client's share is refused, named, and can be had again once something was given back.</summary>
internal sealed class QuotaTests : ServerFixture
{
    private static ClientQuotas Small { get; } = new() { Nodes = 8, Rings = 3, MemoryBytes = 1 << 20, FileSinks = 2, RequestsPerSecond = 0, Connections = 4 };

    protected override ControlServerOptions Options => As(ClientRole.Play, Small) with { FileFolders = ["/tmp"] };

    [TestCase("nodes", 8, """{"cmd":"create_node","type":"gain"}""")]
    [TestCase("rings", 3, """{"cmd":"create_node","type":"app_source","args":{"frames":64}}""")]
    [TestCase("rings", 3, """{"cmd":"create_node","type":"app_sink","args":{"frames":64}}""")]
    [TestCase("memory_bytes", 2, """{"cmd":"create_node","type":"app_sink","args":{"frames":40000,"channels":2}}""")]
    [TestCase("memory_bytes", 2, """{"cmd":"create_node","type":"delay","args":{"longest":1000}}""")]
    [TestCase("memory_bytes", 0, """{"cmd":"create_node","type":"delay","args":{"longest":60000,"channels":64}}""")]
    [TestCase("memory_bytes", 0, """{"cmd":"create_node","type":"app_source","args":{"frames":4194304,"channels":64}}""")]
    public void A_share_has_an_end(string what, int allowed, string request)
    {
        RawClient client = Connect();
        int[] made = [.. Enumerable.Range(0, allowed).Select(_ => IdOf(client.Ask(request)))];
        JsonElement refused = client.Ask(request);
        Assert.That((CodeOf(refused), FieldOf(refused)), Is.EqualTo(("quota_exceeded", what)), $"{refused}");
        RawClient other = Connect();
        Assert.That(CodeOf(other.Ask("""{"cmd":"create_node","type":"gain"}""")), Is.Null);
        if (made.Length > 0)
        {
            client.Ask($$"""{"cmd":"destroy_node","id":{{made[0]}}}""");
            Assert.That(CodeOf(client.Ask(request)), Is.Null);
        }
    }

    [Test]
    public void Files_being_written_are_counted()
    {
        RawClient client = Connect();
        string?[] codes = [.. Enumerable.Range(0, 3).Select(i => CodeOf(client.Ask(
            $$$"""{"cmd":"create_node","type":"file_sink","args":{"path":"{{{FileNamed($"{i}.wav")}}}"}}""")))];
        Assert.That(codes, Is.EqualTo(new[] { null, null, "quota_exceeded" }));
    }

    [Test]
    public void A_batch_that_is_too_much_makes_nothing()
    {
        RawClient client = Connect();
        string part = """{"cmd":"create_node","type":"gain"}""";
        JsonElement refused = client.Ask($$"""{"cmd":"batch","requests":[{{string.Join(',', Enumerable.Repeat(part, 9))}}]}""");
        Assert.That((CodeOf(refused), FieldOf(refused)), Is.EqualTo(("quota_exceeded", "requests[8].nodes")));
        Assert.That(Engine.GetGraph().Nodes, Is.Empty);
    }

    [Test]
    public void Public_nodes_that_clients_left_count_for_their_user()
    {
        for (int i = 0; i < 8; i++)
        {
            RawClient maker = Connect();
            Assert.That(CodeOf(maker.Ask("""{"cmd":"create_node","type":"gain","public":true}""")), Is.Null);
            maker.Dispose();
            Until(() => Server.ClientCount == 0, "the server did not notice");
        }

        Assert.That(CodeOf(Connect().Ask("""{"cmd":"create_node","type":"gain"}""")), Is.EqualTo("quota_exceeded"));
    }

    [Test]
    public void Connections_beyond_the_last_are_told_so()
    {
        RawClient[] all = [.. Enumerable.Range(0, 4).Select(_ => Connect())];
        Assert.That(all.Select(client => CodeOf(client.Ask("""{"cmd":"ping"}"""))), Is.All.Null);
        RawClient refused = Connect();
        JsonElement reply = refused.ReadReply();
        Assert.That((CodeOf(reply), FieldOf(reply)), Is.EqualTo(("quota_exceeded", "connections")));
        Assert.That(refused.ReadLine(), Is.Null);
        Server.Update(As(ClientRole.Admin, Small));
        Assert.That(CodeOf(Connect().Ask("""{"cmd":"ping"}""")), Is.Null, "an admin finds a place");
        Server.Update(As(ClientRole.Play, Small));
        all[0].Dispose();
        all[1].Dispose();
        Until(() => Server.ClientCount == 3, "the server did not notice");
        Assert.That(CodeOf(Connect().Ask("""{"cmd":"ping"}""")), Is.Null);
    }

    [Test]
    public void Requests_beyond_the_rate_are_answered_busy_and_nobody_else_waits()
    {
        Server.Update(As(ClientRole.Play, Small with { RequestsPerSecond = 100 }));
        RawClient flood = Connect();
        RawClient other = Connect();
        const int Count = 400;
        flood.Send(string.Concat(Enumerable.Range(0, Count).Select(i => $$"""{"cmd":"ping","tag":{{i}}}""" + "\n")));
        for (int i = 0; i < 20; i++)
        {
            Assert.That(CodeOf(other.Ask("""{"cmd":"ping"}""")), Is.Null);
        }

        int busy = 0;
        for (int i = 0; i < Count; i++)
        {
            JsonElement reply = flood.ReadReply();
            Assert.That(reply.GetProperty("tag").GetInt32(), Is.EqualTo(i));
            busy += CodeOf(reply) == "busy" ? 1 : 0;
        }

        Assert.That(busy, Is.InRange(1, Count - 100));
        JsonElement entry = other.Ask("""{"cmd":"clients"}""");
        Assert.That(CodeOf(entry), Is.Null);
    }

    [Test]
    public void Lines_that_are_no_requests_count_as_such()
    {
        Server.Update(As(ClientRole.Play, Small with { RequestsPerSecond = 50 }));
        RawClient client = Connect();
        client.Send(string.Concat(Enumerable.Repeat("nonsense\n", 300)));
        string?[] codes = [.. Enumerable.Range(0, 300).Select(_ => CodeOf(client.ReadReply()))];
        Assert.That(codes, Has.Some.EqualTo("busy").And.Some.EqualTo("protocol").And.All.AnyOf("busy", "protocol"));
    }

    [Test]
    public void A_batch_costs_as_many_requests_as_it_has()
    {
        Server.Update(As(ClientRole.Play, Small with { RequestsPerSecond = 20 }));
        RawClient client = Connect();
        Make(client);
        string part = """{"cmd":"set","id":1,"args":{"db":-1}}""";
        Assert.That(CodeOf(client.Ask($$"""{"cmd":"batch","requests":[{{string.Join(',', Enumerable.Repeat(part, 200))}}]}""")), Is.Null);
        Assert.That(CodeOf(client.Ask("""{"cmd":"ping"}""")), Is.EqualTo("busy"));
    }

    private static void Make(RawClient client) => client.Ask("""{"cmd":"create_node","type":"gain"}""");
}
