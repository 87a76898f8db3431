// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Runtime.Versioning;
using AudioMesh.Testing;

namespace AudioMesh.Daemon.Tests;

/// <summary>How a daemon begins and ends, beside others and after others.</summary>
[Platform("Linux")]
internal sealed class LifeTests
{
    private const string OnNull = "[device]\nbackend = \"null\"\n";

    [TestCase("TERM")]
    [TestCase("INT")]
    public void It_ends_in_order_when_told_so(string signal)
    {
        using TemporaryFolder folder = new();
        using DaemonProcess daemon = DaemonProcess.Run(folder.FullPath, OnNull);
        daemon.Signal(signal);
        Assert.That(daemon.End(), Is.Zero, daemon.Said);
        Assert.That(daemon.Said, Does.Contain("Ended in order."));
        Assert.That(File.Exists(daemon.Socket), Is.False, "The socket is gone.");
    }

    [Test]
    public void Many_clients_that_listen_do_not_keep_it_from_ending()
    {
        using TemporaryFolder folder = new();
        using DaemonProcess daemon = DaemonProcess.Run(folder.FullPath, OnNull);
        RawClient[] clients = [.. Enumerable.Range(0, 60).Select(_ => new RawClient(daemon.Socket))];
        foreach (RawClient client in clients)
        {
            client.Get("""{"cmd":"subscribe","events":["state","stats","xrun","device","node"]}""");
        }

        daemon.Signal("TERM");
        Assert.That(daemon.End(), Is.Zero, daemon.Said);
        Array.ForEach(clients, client => client.Dispose());
    }

    [Test]
    public void A_client_may_end_it()
    {
        using TemporaryFolder folder = new();
        using DaemonProcess daemon = DaemonProcess.Run(folder.FullPath, OnNull);
        using RawClient client = new(daemon.Socket);
        Assert.That(client.Ask("""{"cmd":"quit"}"""), Is.EqualTo("""{"ok":true}"""));
        Assert.That(daemon.End(), Is.Zero, daemon.Said);
    }

    [Test]
    public void The_end_is_a_fade()
    {
        using TemporaryFolder folder = new();
        string capture = folder.PathOf("device.wav");
        File.WriteAllText(folder.PathOf("loud.json"), Graphs.Tone);
        using (DaemonProcess daemon = DaemonProcess.Run(folder.FullPath, "[graph]\nstart = \"loud.json\"\n", "--backend", "wav", "--device", capture))
        {
            Thread.Sleep(500);
            daemon.Signal("TERM");
            Assert.That(daemon.End(), Is.Zero, daemon.Said);
        }

        float[] heard = Captures.FirstChannel(capture, out _);
        float loudest = heard.Max(Math.Abs);
        float steepest = heard.Zip(heard.Skip(1), (one, next) => Math.Abs(next - one)).Max();
        Assert.That(loudest, Is.GreaterThan(0.9f));
        Assert.That(Math.Abs(heard[^1]), Is.LessThan(0.01f), "The last sample is silent.");
        Assert.That(steepest, Is.LessThan(0.1f), "No step is steeper than the sine's own.");
    }

    [Test]
    public void A_second_one_at_the_same_place_leaves_the_first_alone()
    {
        using TemporaryFolder folder = new();
        using DaemonProcess first = DaemonProcess.Run(folder.FullPath, OnNull);
        using (DaemonProcess second = DaemonProcess.Begin(folder.FullPath, DaemonBinary.StartInfo("--backend", "null", "--socket", first.Socket)))
        {
            Assert.That(second.End(), Is.EqualTo(1), second.Said);
            Assert.That(second.Said, Does.Contain(first.Socket));
        }

        using RawClient client = new(first.Socket);
        client.Get("""{"cmd":"ping"}""");
    }

    [Test]
    public void Two_at_two_places_do_not_know_each_other()
    {
        using TemporaryFolder one = new();
        using TemporaryFolder other = new();
        using DaemonProcess first = DaemonProcess.Run(one.FullPath, OnNull);
        using DaemonProcess second = DaemonProcess.Run(other.FullPath, OnNull);
        using RawClient client = new(first.Socket);
        using RawClient another = new(second.Socket);
        client.Get("""{"cmd":"create_node","type":"tone","name":"mine"}""");
        Assert.That(another.Refusal("""{"cmd":"get","id":"mine"}"""), Is.EqualTo("not_found"));
    }

    [Test]
    public void A_socket_that_a_dead_one_left_is_replaced()
    {
        using TemporaryFolder folder = new();
        using (DaemonProcess dead = DaemonProcess.Run(folder.FullPath, OnNull))
        {
            dead.Signal("KILL");
            dead.End();
            Assert.That(File.Exists(dead.Socket));
        }

        using DaemonProcess next = DaemonProcess.Run(folder.FullPath, OnNull);
        using RawClient client = new(next.Socket);
        client.Get("""{"cmd":"ping"}""");
    }

    [Test]
    [SupportedOSPlatform("linux")]
    public void The_socket_is_for_its_user_and_group()
    {
        using TemporaryFolder folder = new();
        using DaemonProcess daemon = DaemonProcess.Run(folder.FullPath, OnNull);
        Assert.That(
            File.GetUnixFileMode(daemon.Socket),
            Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite));
    }

    [Test]
    public void The_environment_is_heard_and_options_before_it()
    {
        using TemporaryFolder folder = new();
        ProcessStartInfo start = DaemonBinary.StartInfo("--period", "64");
        start.Environment["AUDIOMIXERD_SOCKET"] = DaemonProcess.SocketIn(folder.FullPath);
        start.Environment["AUDIOMIXERD_BACKEND"] = "null";
        start.Environment["AUDIOMIXERD_PERIOD"] = "256";
        using DaemonProcess daemon = DaemonProcess.Run(folder.FullPath, start);
        using RawClient client = new(daemon.Socket);
        Assert.That(client.Get("""{"cmd":"device"}""").GetProperty("device").GetProperty("period").GetInt32(), Is.EqualTo(64));
    }

    [Test]
    public void A_value_of_the_environment_that_makes_no_sense_is_named()
    {
        using TemporaryFolder folder = new();
        ProcessStartInfo start = DaemonBinary.StartInfo("--backend", "null");
        start.Environment["AUDIOMIXERD_PERIOD"] = "many";
        using DaemonProcess daemon = DaemonProcess.Begin(folder.FullPath, start);
        Assert.That(daemon.End(), Is.EqualTo(2), daemon.Said);
        Assert.That(daemon.Said, Does.Contain("AUDIOMIXERD_PERIOD 'many'"));
    }
}
