// SPDX-License-Identifier: MIT
using System.Text.Json;
using AudioMesh.Network.Bus;
using AudioMesh.Network.Registry;
using AudioMesh.Network.Tests.Bus;
using AudioMesh.Testing;

namespace AudioMesh.Network.Tests.Registry;

/// <summary>NATS' services API, as a client that knows nothing of a mesh asks for it.</summary>
[NonParallelizable]
internal sealed class NatsServicesTests
{
    [Test]
    public void What_hosts_registered_is_found_by_the_services_API_and_no_more_when_it_is_withdrawn()
    {
        using NatsServer server = new();
        using NatsBus a = Join("anna", server), b = Join("ben", server);
        using ServiceRegistry anna = new(a), ben = new(b);
        using RegisteredService deck = anna.Register(new ServiceAnnouncement { Type = "recorder", Name = "deck 1", Port = 4000, Properties = new Dictionary<string, string> { ["format"] = "bwf", ["mesh"] = "another" } });
        using RegisteredService other = ben.Register(new ServiceAnnouncement { Type = "recorder", Name = "deck 2" });
        using RegisteredService transport = ben.Register(new ServiceAnnouncement { Type = "trans/port", Name = "jack" });
        deck.Report(ServiceHealth.Degraded, "disk 95 % full");
        using RawNats client = new(server);
        client.Subscribe("me.>");
        JsonElement[] all = Ask(client, "PING", "me.ping", 3);
        Assert.That(all.Select(answer => answer.GetProperty("type").GetString()), Is.All.EqualTo("io.nats.micro.v1.ping_response"));
        Assert.That(all.Select(answer => answer.GetProperty("name").GetString()), Is.EquivalentTo(new[] { "recorder", "recorder", "trans-port" }));
        Assert.That(all.Select(answer => answer.GetProperty("id").GetString()).Distinct().Count(), Is.EqualTo(3), "each instance has an id");
        Assert.That(all.Select(answer => answer.GetProperty("version").GetString()), Is.All.Match("^[0-9]+\\.[0-9]+\\.[0-9]+$"));

        JsonElement info = Ask(client, "INFO.recorder", "me.info", 2).Single(answer => Metadata(answer, "host") == "anna");
        Assert.That(info.GetProperty("type").GetString(), Is.EqualTo("io.nats.micro.v1.info_response"));
        Assert.That(info.GetProperty("endpoints").GetArrayLength(), Is.Zero);
        Assert.That(
            new[] { "service", "port", "health", "note", "format", "mesh" }.Select(name => Metadata(info, name)),
            Is.EqualTo(new[] { "deck 1", "4000", "degraded", "disk 95 % full", "bwf", "test" }));

        string id = info.GetProperty("id").GetString()!;
        JsonElement stats = Ask(client, $"STATS.recorder.{id}", "me.stats", 1).Single();
        Assert.That((stats.GetProperty("type").GetString(), stats.GetProperty("id").GetString()), Is.EqualTo(("io.nats.micro.v1.stats_response", id)));
        Assert.That(stats.GetProperty("started").GetDateTime(), Is.EqualTo(DateTime.UtcNow).Within(TimeSpan.FromMinutes(5)));

        other.Dispose();
        client.Publish("$SRV.PING.recorder.nobody", [], "me.none");
        client.Publish("$SRV.PING.singer", [], "me.none");
        client.Publish("$SRV.PING.recorder.a.b", [], "me.none");
        client.Publish("$SRV.PING", []);
        Assert.That(Ask(client, "PING.recorder", "me.again", 1).Single().GetProperty("id").GetString(), Is.EqualTo(id));
        Assert.That(Ask(client, "PING.trans-port", "me.last", 1), Has.Length.EqualTo(1), "all that was asked before is answered");
        Assert.That(client.Heard.Select(heard => heard.Subject), Has.None.EqualTo("me.none"));
        Assert.That((a.Statistics.Faults, a.Statistics.Refused), Is.EqualTo((0L, 1L)), "a question without an address for the answer");
    }

    private static NatsBus Join(string name, NatsServer server) => new(new NatsBusOptions { Name = name, Mesh = "test", Servers = [server.Url], Token = NatsServer.Token });

    private static JsonElement[] Ask(RawNats client, string what, string reply, int count)
    {
        client.Publish($"$SRV.{what}", [], reply);
        return [.. client.Await(reply, count).Select(json => JsonDocument.Parse(json).RootElement)];
    }

    private static string? Metadata(JsonElement answer, string name) => answer.GetProperty("metadata").GetProperty(name).GetString();
}
