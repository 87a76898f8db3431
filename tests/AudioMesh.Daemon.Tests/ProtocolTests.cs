// SPDX-License-Identifier: MIT
using System.Text.Json;
using AudioMesh.Testing;

namespace AudioMesh.Daemon.Tests;

/// <summary>The protocol's lines as programs of any language send them.</summary>
[Platform("Linux")]
internal sealed class ProtocolTests
{
    private const string OnNull = "[device]\nbackend = \"null\"\n";

    [Test]
    public void Ping_answers_with_name_and_version()
    {
        using TemporaryFolder folder = new();
        using DaemonProcess daemon = DaemonProcess.Run(folder.FullPath, OnNull);
        using RawClient client = new(daemon.Socket);
        Assert.That(client.Ask("""{"cmd":"ping"}"""), Does.Match("""^\{"ok":true,"name":"audiomixerd","version":"[0-9][^"]*"\}$"""));
    }

    [TestCase("alsa")]
    [TestCase("jack")]
    [TestCase("null")]
    public void Backends_are_chosen_by_name(string driver)
    {
        using TemporaryFolder folder = new();
        using DaemonProcess daemon = DaemonProcess.Run(folder.FullPath, OnNull);
        using RawClient client = new(daemon.Socket);
        Assert.That(client.Ask($$"""{"cmd":"backend","driver":"{{driver}}"}"""), Is.EqualTo("""{"ok":true}"""));
    }

    [Test]
    public void A_device_is_opened_as_the_line_says()
    {
        using TemporaryFolder folder = new();
        using DaemonProcess daemon = DaemonProcess.Run(folder.FullPath, "[device]\nbackend = \"null\"\nperiod = 256\n");
        using RawClient client = new(daemon.Socket);
        client.Get("""{"cmd":"backend","driver":"null"}""");
        JsonElement device = client.Get("""{"cmd":"device_open","name":"default","rate":48000,"channels":2,"period":128}""").GetProperty("device");
        Assert.Multiple(() =>
        {
            Assert.That(device.GetProperty("rate").GetInt32(), Is.EqualTo(48000));
            Assert.That(device.GetProperty("channels").GetInt32(), Is.EqualTo(2));
            Assert.That(device.GetProperty("period").GetInt32(), Is.EqualTo(128));
        });
    }

    [Test]
    public void Every_node_of_the_protocol_is_made_by_its_line()
    {
        using TemporaryFolder folder = new();
        using DaemonProcess daemon = DaemonProcess.Run(folder.FullPath, OnNull);
        using RawClient client = new(daemon.Socket);
        string piano = Repository.PathOf("samples", "audio", "piano_prelude.wav");
        string[] lines =
        [
            """{"cmd":"create_node","type":"tone","args":{"freq":440}}""",
            $$$"""{"cmd":"create_node","type":"file_source","args":{"path":"{{{piano}}}"}}""",
            """{"cmd":"create_node","type":"gain","args":{"db":-6.0}}""",
            """{"cmd":"create_node","type":"resample","args":{"rate":44100}}""",
            """{"cmd":"create_node","type":"mixer"}""",
            """{"cmd":"create_node","type":"device_sink"}""",
            """{"cmd":"create_node","type":"device_source"}""",
            $$$"""{"cmd":"create_node","type":"file_sink","args":{"path":"{{{folder.PathOf("take.wav")}}}"}}""",
        ];
        for (int i = 0; i < lines.Length; i++)
        {
            Assert.That(client.Ask(lines[i]), Is.EqualTo($$"""{"ok":true,"id":{{i + 1}}}"""), lines[i]);
        }

        Assert.That(client.Ask("""{"cmd":"connect","from":1,"to":6}"""), Is.EqualTo("""{"ok":true}"""));
        Assert.That(client.Ask("""{"cmd":"disconnect","from":1,"to":6}"""), Is.EqualTo("""{"ok":true}"""));
        Assert.That(client.Ask("""{"cmd":"destroy_node","id":1}"""), Is.EqualTo("""{"ok":true,"id":1}"""));
        Assert.That(client.Ask("""{"cmd":"stop"}"""), Is.EqualTo("""{"ok":true}"""));
        Assert.That(client.Ask("""{"cmd":"start"}"""), Is.EqualTo("""{"ok":true}"""));
    }

    [Test]
    public void A_ring_comes_by_descriptor_or_goes_by_one()
    {
        using TemporaryFolder folder = new();
        using DaemonProcess daemon = DaemonProcess.Run(folder.FullPath, OnNull);
        using RawClient client = new(daemon.Socket);
        int memory = Rights.CreateMemory(1 << 17);
        JsonElement reply = client.Get(
            $$$"""{"cmd":"create_node","type":"app_source","args":{"memfd":{{{memory}}},"frames":4096,"channels":2,"rate":44100}}""", memory);
        Rights.Close(memory);
        Assert.That(reply.GetProperty("ring").GetProperty("frames").GetInt32(), Is.EqualTo(4096));

        (string line, int descriptor) = client.AskForDescriptor("""{"cmd":"create_node","type":"app_sink","args":{"frames":4096,"channels":2}}""");
        Assert.That(line, Does.Contain("\"descriptor\":true"));
        Assert.That(descriptor, Is.GreaterThanOrEqualTo(0));
        Rights.Close(descriptor);
    }

    [Test]
    public void Events_follow_a_subscription()
    {
        using TemporaryFolder folder = new();
        using DaemonProcess daemon = DaemonProcess.Run(folder.FullPath, OnNull);
        using RawClient client = new(daemon.Socket);
        Assert.That(client.Ask("""{"cmd":"subscribe","events":["xrun","stats","state"]}"""), Is.EqualTo("""{"ok":true}"""));
        client.Get("""{"cmd":"stop"}""");
        client.WaitFor("state", state => state.GetProperty("value").GetString() == "stopped");
        client.Get("""{"cmd":"start"}""");
        client.WaitFor("state", state => state.GetProperty("value").GetString() == "running");
        JsonElement stats = client.WaitFor("stats", _ => true);
        Assert.Multiple(() =>
        {
            Assert.That(stats.GetProperty("period").GetInt32(), Is.EqualTo(128));
            Assert.That(stats.GetProperty("cpu_pct").GetDouble(), Is.GreaterThanOrEqualTo(0));
            Assert.That(stats.GetProperty("late_us").GetDouble(), Is.GreaterThanOrEqualTo(0));
        });
    }

    [Test]
    public void Tone_gain_and_sink_play_a_sine_of_440_Hz_at_minus_6_dB()
    {
        using TemporaryFolder folder = new();
        string capture = folder.PathOf("device.wav");
        using (DaemonProcess daemon = DaemonProcess.Run(folder.FullPath, "", "--backend", "wav", "--device", capture))
        {
            using RawClient client = new(daemon.Socket);
            client.Get("""{"cmd":"create_node","type":"tone","args":{"freq":440}}""");
            client.Get("""{"cmd":"create_node","type":"gain","args":{"db":-6.0}}""");
            client.Get("""{"cmd":"create_node","type":"device_sink"}""");
            client.Get("""{"cmd":"connect","from":1,"to":2}""");
            client.Get("""{"cmd":"connect","from":2,"to":3}""");
            Thread.Sleep(2000);
            daemon.Signal("TERM");
            Assert.That(daemon.End(), Is.Zero, daemon.Said);
        }

        float[] left = Captures.Loudest(capture, out int rate);
        double expected = 440.0 / rate;
        SineFit fit = new(left, expected);
        Assert.That(20 * Math.Log10(fit.Amplitude()), Is.EqualTo(-6).Within(0.01));
        Assert.That(Captures.Frequency(left, expected) * rate, Is.EqualTo(440).Within(0.1));
    }
}
