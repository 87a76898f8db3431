// SPDX-License-Identifier: MIT
using System.Text.Json;
using AudioMesh.Control;

namespace AudioMesh.Engine.Tests.Server;

/// <summary>Roles, and whose nodes are whose.</summary>
internal sealed class AccessTests : ServerFixture
{
    private const string Ok = "";

    protected override ControlServerOptions Options => As(ClientRole.Play) with { FileFolders = [FileNamed("music")] };

    [TestCase("ping", ClientRole.Read)]
    [TestCase("describe", ClientRole.Read)]
    [TestCase("list", ClientRole.Read)]
    [TestCase("get", ClientRole.Read)]
    [TestCase("graph", ClientRole.Read)]
    [TestCase("latency", ClientRole.Read)]
    [TestCase("stats", ClientRole.Read)]
    [TestCase("subscribe", ClientRole.Read)]
    [TestCase("drivers", ClientRole.Read)]
    [TestCase("devices", ClientRole.Read)]
    [TestCase("device", ClientRole.Read)]
    [TestCase("clients", ClientRole.Read)]
    [TestCase("create_node", ClientRole.Play)]
    [TestCase("destroy_node", ClientRole.Play)]
    [TestCase("connect", ClientRole.Play)]
    [TestCase("disconnect", ClientRole.Play)]
    [TestCase("set", ClientRole.Play)]
    [TestCase("batch", ClientRole.Play)]
    [TestCase("backend", ClientRole.Play)]
    [TestCase("device_open", ClientRole.Admin)]
    [TestCase("device_close", ClientRole.Admin)]
    [TestCase("start", ClientRole.Admin)]
    [TestCase("stop", ClientRole.Admin)]
    [TestCase("apply", ClientRole.Admin)]
    [TestCase("load", ClientRole.Admin)]
    [TestCase("save", ClientRole.Admin)]
    [TestCase("quit", ClientRole.Admin)]
    [TestCase("port_connect", ClientRole.Admin)]
    public void A_command_takes_its_role(string command, ClientRole needed)
    {
        RawClient client = Connect();
        foreach (ClientRole role in new[] { ClientRole.Read, ClientRole.Play, ClientRole.Record, ClientRole.Admin })
        {
            Server.Update(As(role));
            string? code = CodeOf(client.Ask($$"""{"cmd":"{{command}}","driver":"null"}"""));
            Assert.That(code == "permission_denied", Is.EqualTo(role < needed), $"{role} asks for {command}: {code}");
        }
    }

    [Test]
    public void A_user_without_a_role_is_told_so_and_let_out()
    {
        Server.Update(As(ClientRole.None));
        RawClient client = Connect();
        Assert.That(CodeOf(client.ReadReply()), Is.EqualTo("permission_denied"));
        Assert.That(client.ReadLine(), Is.Null);
    }

    [Test]
    public void Groups_give_roles_to_who_has_none_of_its_own()
    {
        Assume.That(Me, Is.Zero, "root is an admin without an entry.");
        Server.Update(new ControlServerOptions { Roles = new ClientRoles { Others = ClientRole.None } });
        Assert.That(CodeOf(Connect().Ask("""{"cmd":"device_close"}""")), Is.Null);
    }

    [Test]
    public void A_private_node_is_its_clients_alone()
    {
        RawClient one = Connect();
        RawClient other = Connect();
        int tone = Make(one, "tone");
        int own = Make(other, "gain");
        int mixer = Make(one, "mixer", isPublic: true);
        Assert.Multiple(() =>
        {
            Assert.That(Denied(other, $$$"""{"cmd":"set","id":{{{tone}}},"args":{"freq":1}}"""), Is.EqualTo("id"));
            Assert.That(Denied(other, $$"""{"cmd":"destroy_node","id":"tone-{{tone}}"}"""), Is.EqualTo("id"));
            Assert.That(Denied(other, $$"""{"cmd":"connect","from":{{tone}},"to":{{own}}}"""), Is.EqualTo("from"));
            Assert.That(Denied(one, $$"""{"cmd":"connect","from":{{tone}},"to":{{own}}}"""), Is.EqualTo("to"));
            Assert.That(Denied(other, $$"""{"cmd":"batch","requests":[{"cmd":"destroy_node","id":{{tone}}}]}"""), Is.EqualTo("requests[0].id"));
            Assert.That(Denied(other, $$$"""{"cmd":"set","id":{{{mixer}}},"args":{}}"""), Is.EqualTo("id"));
            Assert.That(Denied(other, $$"""{"cmd":"destroy_node","id":{{mixer}}}"""), Is.EqualTo("id"));
            Assert.That(Denied(other, $$"""{"cmd":"connect","from":{{own}},"to":{{mixer}}}"""), Is.EqualTo(Ok));
            Assert.That(Denied(other, $$"""{"cmd":"get","id":{{tone}}}"""), Is.EqualTo(Ok));
            Assert.That(Denied(one, $$"""{"cmd":"disconnect","from":{{own}},"to":{{mixer}}}"""), Is.EqualTo("from"));
            Assert.That(Denied(other, $$"""{"cmd":"disconnect","from":{{own}},"to":{{mixer}}}"""), Is.EqualTo(Ok));
        });
    }

    [Test]
    public void Public_nodes_of_others_are_not_joined_to_each_other()
    {
        RawClient one = Connect();
        int gain = Make(one, "gain", isPublic: true);
        int mixer = Make(one, "mixer", isPublic: true);
        RawClient other = Connect();
        Assert.That(Denied(other, $$"""{"cmd":"connect","from":{{gain}},"to":{{mixer}}}"""), Is.EqualTo("to"));
        Assert.That(Denied(one, $$"""{"cmd":"connect","from":{{gain}},"to":{{mixer}}}"""), Is.EqualTo(Ok));
        Assert.That(Denied(other, $$"""{"cmd":"disconnect","from":{{gain}},"to":{{mixer}}}"""), Is.EqualTo("to"));
    }

    [TestCase(ClientRole.Play, false)]
    [TestCase(ClientRole.Record, true)]
    [TestCase(ClientRole.Admin, true)]
    public void What_is_not_ones_own_is_heard_by_who_may_record(ClientRole role, bool hears)
    {
        Server.Update(As(ClientRole.Admin));
        RawClient client = Connect();
        int mix = Make(client, "mixer", isPublic: true);
        Server.Update(As(role));
        int own = Make(client, "gain");
        Assert.Multiple(() =>
        {
            Assert.That(Denied(client, $$"""{"cmd":"connect","from":{{own}},"to":{{mix}}}"""), Is.EqualTo(Ok), "to be heard");
            Assert.That(Denied(client, $$"""{"cmd":"disconnect","from":{{own}},"to":{{mix}}}"""), Is.EqualTo(Ok));
            Assert.That(Denied(client, $$"""{"cmd":"connect","from":{{mix}},"to":{{own}}}"""), Is.EqualTo(hears ? Ok : "from"), "to hear");
            Assert.That(Denied(client, """{"cmd":"create_node","type":"tap"}"""), Is.EqualTo(hears ? Ok : "type"));
            Assert.That(Denied(client, """{"cmd":"create_node","type":"device_source"}"""), Is.EqualTo(hears ? Ok : "type"));
            Assert.That(
                Denied(client, $$"""{"cmd":"batch","requests":[{"cmd":"create_node","type":"app_sink","name":"ear"},{"cmd":"connect","from":{{mix}},"to":"ear"}]}"""),
                Is.EqualTo(hears ? Ok : "requests[1].from"));
        });
    }

    [Test]
    public void A_client_hears_what_another_client_of_its_user_made_public()
    {
        int mix = Make(Connect(), "mixer", isPublic: true);
        RawClient other = Connect();
        int own = Make(other, "gain");
        Assert.That(Denied(other, $$"""{"cmd":"connect","from":{{mix}},"to":{{own}}}"""), Is.EqualTo(Ok));
    }

    [Test]
    public void Who_may_no_longer_record_keeps_what_was_joined_and_may_part_it()
    {
        Server.Update(As(ClientRole.Admin));
        RawClient client = Connect();
        int mix = Make(client, "mixer", isPublic: true);
        Server.Update(As(ClientRole.Record));
        int own = Make(client, "gain");
        string ends = $"\"from\":{mix},\"to\":{own}";
        Assert.That(Denied(client, $$"""{"cmd":"connect",{{ends}}}"""), Is.EqualTo(Ok));
        Server.Update(As(ClientRole.Play));
        Assert.That(Engine.GetGraph().Connections, Has.Count.EqualTo(1));
        Assert.That(Denied(client, $$"""{"cmd":"disconnect",{{ends}}}"""), Is.EqualTo(Ok));
        Assert.That(Denied(client, $$"""{"cmd":"connect",{{ends}}}"""), Is.EqualTo("from"));
    }

    [Test]
    public void An_admin_may_touch_everything()
    {
        RawClient one = Connect();
        int tone = Make(one, "tone");
        Server.Update(As(ClientRole.Admin));
        RawClient admin = Connect();
        int gain = Make(admin, "gain", isPublic: true);
        Assert.That(Denied(admin, $$"""{"cmd":"connect","from":{{tone}},"to":{{gain}}}"""), Is.EqualTo(Ok));
        Assert.That(Denied(admin, $$"""{"cmd":"destroy_node","id":{{tone}}}"""), Is.EqualTo(Ok));
        Assert.That(admin.Ask($$"""{"cmd":"get","id":{{gain}}}""").GetProperty("owner").GetInt32(), Is.Zero);
    }

    [Test]
    public void What_a_client_owned_goes_with_it_and_what_it_made_public_stays_its_users()
    {
        RawClient one = Connect();
        int kept = Make(one, "mixer", isPublic: true);
        Make(one, "tone");
        one.Ask($$"""{"cmd":"connect","from":2,"to":{{kept}}}""");
        one.Dispose();
        Until(() => Engine.GetGraph().Nodes.Count == 1, "the private node stays");
        RawClient heir = Connect();
        JsonElement node = heir.Ask($$"""{"cmd":"get","id":{{kept}}}""");
        Assert.That((node.GetProperty("owner").GetInt32(), node.GetProperty("public").GetBoolean()), Is.EqualTo((0, true)));
        Assert.That(Denied(heir, $$"""{"cmd":"destroy_node","id":{{kept}}}"""), Is.EqualTo(Ok));
    }

    [Test]
    public void Applying_a_graph_leaves_the_nodes_of_clients_alone_and_joined_to_what_is_replaced()
    {
        Server.Update(As(ClientRole.Admin));
        RawClient admin = Connect();
        const string Graph = """{"nodes":[{"name":"mix","type":"mixer","args":{"channels":N}},{"name":"out","type":"device_sink"}],"connections":[{"from":"mix","to":"out"}]}""";
        Apply(admin, Graph.Replace("N", "2"));
        RawClient player = Connect();
        int tone = Make(player, "tone");
        player.Ask($$"""{"cmd":"connect","from":{{tone}},"to":"mix"}""");
        JsonElement whole = admin.Ask("""{"cmd":"graph"}""").GetProperty("graph");
        Assert.That(Apply(admin, whole.ToString()).GetProperty("created").GetArrayLength(), Is.Zero, "a whole graph applied to itself changes nothing");
        Apply(admin, Graph.Replace("N", "1"));
        JsonElement list = admin.Ask("""{"cmd":"list"}""");
        int mixer = list.GetProperty("nodes").EnumerateArray().Single(node => node.GetProperty("name").GetString() == "mix").GetProperty("id").GetInt32();
        Assert.That(
            list.GetProperty("connections").EnumerateArray().Select(edge => (edge.GetProperty("from").GetInt32(), edge.GetProperty("to").GetInt32())),
            Does.Contain((tone, mixer)));
        JsonElement clash = admin.Ask($$$"""{"cmd":"apply","graph":{"nodes":[{"name":"tone-{{{tone}}}","type":"gain"}]}}""");
        Assert.That((CodeOf(clash), FieldOf(clash)), Is.EqualTo(("invalid_argument", "graph.nodes[0].name")));
    }

    [Test]
    public void Files_are_only_those_in_the_folders_allowed()
    {
        string music = FileNamed("music");
        Directory.CreateDirectory(music);
        File.WriteAllText(FileNamed("secret.wav"), "secret");
        File.CreateSymbolicLink(Path.Combine(music, "link.wav"), FileNamed("secret.wav"));
        File.CreateSymbolicLink(Path.Combine(music, "nowhere.wav"), FileNamed("not there.wav"));
        RawClient client = Connect();
        Assert.Multiple(() =>
        {
            Assert.That(Sink(client, Path.Combine(music, "new.wav")), Is.Null);
            Assert.That(Sink(client, Path.Combine(music, "sub", "..", "..", "new.wav")), Is.EqualTo("permission_denied"));
            Assert.That(Sink(client, FileNamed("new.wav")), Is.EqualTo("permission_denied"));
            Assert.That(Sink(client, music), Is.EqualTo("permission_denied"));
            Assert.That(Sink(client, ""), Is.EqualTo("permission_denied"));
            Assert.That(Sink(client, "new.wav"), Is.EqualTo("permission_denied"));
            Assert.That(Sink(client, music + "/nowhere.wav"), Is.EqualTo("permission_denied"));
            Assert.That(Sink(client, music + "/link.wav"), Is.EqualTo("permission_denied"));
            Assert.That(Sink(client, music + "/a\\u0000.wav"), Is.EqualTo("permission_denied"));
            Assert.That(CodeOf(client.Ask($$$"""{"cmd":"create_node","type":"file_source","args":{"path":"{{{music}}}/link.wav"}}""")), Is.EqualTo("permission_denied"));
        });
        Server.Update(As(ClientRole.Admin));
        Assert.That(Sink(client, FileNamed("new.wav")), Is.Null);
    }

    [Test]
    public void Node_types_can_be_kept_from_players()
    {
        Server.Update(As(ClientRole.Play) with { NodeTypes = ["gain"] });
        RawClient client = Connect();
        Assert.That(Denied(client, """{"cmd":"create_node","type":"tone"}"""), Is.EqualTo("type"));
        Assert.That(Denied(client, """{"cmd":"create_node","type":"gain"}"""), Is.EqualTo(Ok));
    }

    [Test]
    public void Clients_see_themselves_and_admins_everybody()
    {
        RawClient one = Connect();
        RawClient other = Connect();
        other.Ask("""{"cmd":"ping"}""");
        Make(one, "tone");
        JsonElement self = one.Ask("""{"cmd":"clients"}""");
        JsonElement entry = self.GetProperty("clients").EnumerateArray().Single();
        Assert.That(entry.GetProperty("client").GetInt32(), Is.EqualTo(self.GetProperty("client").GetInt32()));
        Assert.That(
            (entry.GetProperty("user").GetUInt32(), entry.GetProperty("process").GetInt32(), entry.GetProperty("role").GetString(), entry.GetProperty("nodes").GetInt32()),
            Is.EqualTo((Me, Environment.ProcessId, "play", 1)));
        Server.Update(As(ClientRole.Admin));
        Assert.That(one.Ask("""{"cmd":"clients"}""").GetProperty("clients").GetArrayLength(), Is.EqualTo(2));
    }

    private static int Make(RawClient client, string type, bool isPublic = false) =>
        IdOf(client.Ask($$"""{"cmd":"create_node","type":"{{type}}","public":{{(isPublic ? "true" : "false")}}}"""));

    private static string? Sink(RawClient client, string path) =>
        CodeOf(client.Ask($$$"""{"cmd":"create_node","type":"file_sink","args":{"path":"{{{path}}}"}}"""));

    private static JsonElement Apply(RawClient client, string graph)
    {
        JsonElement reply = client.Ask($$"""{"cmd":"apply","graph":{{graph}}}""");
        Assert.That(reply.GetProperty("ok").GetBoolean(), $"{reply}");
        return reply;
    }

    /// <summary>The field that was denied; empty when the request was carried out.</summary>
    private static string Denied(RawClient client, string request)
    {
        JsonElement reply = client.Ask(request);
        if (CodeOf(reply) is { } code)
        {
            Assert.That(code, Is.EqualTo("permission_denied"), $"{request}: {reply}");
        }

        return FieldOf(reply) ?? Ok;
    }
}
