// SPDX-License-Identifier: MIT
using AudioMesh.Testing;

namespace AudioMesh.Daemon.Tests;

/// <summary>A configuration that changes while a daemon runs.</summary>
[Platform("Linux")]
internal sealed class ReloadTests
{
    private const string OnNull = "[device]\nbackend = \"null\"\n";
    private static readonly string Me = Environment.UserName;

    [Test]
    public void Roles_are_taken_over_by_those_who_are_connected()
    {
        using TemporaryFolder folder = new();
        using DaemonProcess daemon = DaemonProcess.Run(folder.FullPath, $"{OnNull}[roles.users]\n{Me} = \"read\"\n");
        using RawClient client = new(daemon.Socket);
        Assert.That(client.Refusal("""{"cmd":"create_node","type":"tone"}"""), Is.EqualTo("permission_denied"));

        File.WriteAllText(folder.PathOf("audiomixerd.toml"), $"{OnNull}[roles.users]\n{Me} = \"admin\"\n");
        daemon.Signal("HUP");
        daemon.WaitFor("Took over");
        client.Get("""{"cmd":"create_node","type":"tone"}""");
    }

    [Test]
    public void What_is_heard_here_or_comes_from_other_hosts_is_for_who_may_record()
    {
        string[] requests = [.. new[] { "device_source", "tap", "toast_source" }.Select(type => $$"""{"cmd":"create_node","type":"{{type}}"}""")];
        using TemporaryFolder folder = new();
        using DaemonProcess daemon = DaemonProcess.Run(folder.FullPath, $"{OnNull}[roles.users]\n{Me} = \"play\"\n");
        using RawClient client = new(daemon.Socket);
        Assert.That(requests.Select(request => client.Ask(request)), Is.All.Contains("permission_denied"));

        File.WriteAllText(folder.PathOf("audiomixerd.toml"), $"{OnNull}[roles.users]\n{Me} = \"record\"\n");
        daemon.Signal("HUP");
        daemon.WaitFor("Took over");
        Assert.That(requests.Select(request => client.Ask(request)), Has.None.Contains("permission_denied"));
    }

    [Test]
    public void Quotas_are_taken_over()
    {
        using TemporaryFolder folder = new();
        using DaemonProcess daemon = DaemonProcess.Run(folder.FullPath, $"{OnNull}[quotas]\nnodes = 1\n");
        using RawClient client = new(daemon.Socket);
        client.Get("""{"cmd":"create_node","type":"tone"}""");
        Assert.That(client.Refusal("""{"cmd":"create_node","type":"tone"}"""), Is.EqualTo("quota_exceeded"));

        File.WriteAllText(folder.PathOf("audiomixerd.toml"), $"{OnNull}[quotas]\nnodes = 2\n");
        daemon.Signal("HUP");
        daemon.WaitFor("Took over");
        client.Get("""{"cmd":"create_node","type":"tone"}""");
    }

    [Test]
    public void A_file_that_was_changed_needs_no_signal()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder.PathOf("start.json"), Graphs.Tone);
        using DaemonProcess daemon = DaemonProcess.Run(folder.FullPath, $"{OnNull}[graph]\nstart = \"start.json\"\n");
        using RawClient client = new(daemon.Socket);
        Assert.That(Pitch(client), Is.EqualTo(440));

        File.WriteAllText(folder.PathOf("start.json"), Graphs.HighTone);
        daemon.WaitFor("Applied", times: 2);
        Assert.That(Pitch(client), Is.EqualTo(880));

        File.WriteAllText(folder.PathOf("audiomixerd.toml"), $"{OnNull}[log]\nlevel = \"debug\"\n");
        daemon.WaitFor("Took over from the configuration");
        Assert.That(daemon.Said, Does.Contain("graph.start, log.level"));
    }

    [Test]
    public void A_graph_that_is_wrong_changes_nothing()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder.PathOf("start.json"), Graphs.Tone);
        using DaemonProcess daemon = DaemonProcess.Run(folder.FullPath, $"{OnNull}[graph]\nstart = \"start.json\"\n");
        File.WriteAllText(folder.PathOf("start.json"), Graphs.Tone.Replace("440", "0", StringComparison.Ordinal));
        daemon.WaitFor("stays as it was");
        using RawClient client = new(daemon.Socket);
        Assert.That(Pitch(client), Is.EqualTo(440));
    }

    [Test]
    public void What_waits_for_a_restart_is_named_and_what_is_wrong_is_refused()
    {
        using TemporaryFolder folder = new();
        using DaemonProcess daemon = DaemonProcess.Run(folder.FullPath, OnNull);
        File.WriteAllText(folder.PathOf("audiomixerd.toml"), "[device]\nbackend = \"null\"\nperiod = 64\n");
        daemon.Signal("HUP");
        daemon.WaitFor("after a restart: device");

        File.WriteAllText(folder.PathOf("audiomixerd.toml"), "[device]\nbackend = \"null\"\nperoid = 64\n");
        daemon.Signal("HUP");
        daemon.WaitFor("audiomixerd.toml:3: 'device.peroid' is not known");
        using RawClient client = new(daemon.Socket);
        Assert.That(client.Get("""{"cmd":"device"}""").GetProperty("device").GetProperty("period").GetInt32(), Is.EqualTo(128));
    }

    private static double Pitch(RawClient client) =>
        client.Get("""{"cmd":"get","id":"pitch"}""").GetProperty("args").GetProperty("freq").GetDouble();
}
