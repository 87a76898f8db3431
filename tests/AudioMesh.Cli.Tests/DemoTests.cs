// SPDX-License-Identifier: MIT
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;
using AudioMesh.Clock;
using AudioMesh.Network.Impairment;
using AudioMesh.Testing;

namespace AudioMesh.Cli.Tests;

/// <summary><c>audiomesh demo</c>, on the loopback and the null device.</summary>
[Platform("Linux,MacOsX")]
internal sealed class DemoTests
{
    private const int Seed = 7;
    private const string Preset = "bad-wifi";
    private const int PacketFrames = 128;
    private const int Packets = 2 * 48_000 / PacketFrames;

    private string _text = "";
    private XElement _page = new("html");
    private JsonElement _finished;
    private IReadOnlyList<JsonElement> _lines = [];

    [OneTimeSetUp]
    public void Play()
    {
        using TemporaryFolder folder = new();
        string report = folder.PathOf("demo.html");
        CliResult result = Run(report, Seed);
        Assert.That(result.ExitCode, Is.Zero, result.All);
        _lines = Cli.Lines(result);
        _finished = _lines[^1];
        _text = File.ReadAllText(report);
        using XmlReader reader = XmlReader.Create(new StringReader(_text), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
        _page = XElement.Load(reader);
    }

    [Test]
    public void It_tells_how_it_begins_and_how_both_nodes_stand()
    {
        Assert.That(_lines[0].GetProperty("event").GetString(), Is.EqualTo("started"));
        Assert.That(_lines[0].GetProperty("driver").GetString(), Is.EqualTo("null"));
        JsonElement progress = _lines.First(line => line.GetProperty("event").GetString() == "progress");
        Assert.That(progress.GetProperty("a").GetProperty("state").GetString(), Is.Not.Empty);
        Assert.That(progress.GetProperty("b").GetProperty("packets").GetInt64(), Is.Not.Negative);
    }

    [Test]
    public void The_link_loses_what_its_seed_says_and_nothing_else()
    {
        ImpairmentModel model = new(ImpairmentPresets.Find(Preset), Seed + (1UL << 32), default);
        int lost = Enumerable.Range(0, Packets).Count(i => !model.Next(new MeshTime(i), 1000).IsDelivered);
        Assert.That(Number("packets"), Is.EqualTo(Packets));
        Assert.That(Number("lost"), Is.EqualTo(lost));
    }

    [Test]
    public void Counts_add_up()
    {
        JsonElement heard = _finished.GetProperty("b");
        long missing = heard.GetProperty("missing_frames").GetInt64();
        Assert.That(heard.GetProperty("packets").GetInt64() + heard.GetProperty("lost_packets").GetInt64(), Is.GreaterThan(Packets / 2));
        Assert.That(heard.GetProperty("predicted_frames").GetInt64(), Is.InRange(1, missing));
        Assert.That(Number("late"), Is.InRange(0, Packets - Number("lost")));
        Assert.That(Number("back_lost"), Is.InRange(1, Number("back_packets")));
        double there = Median(_finished.GetProperty("latency_ms")), both = Median(_finished.GetProperty("round_trip_ms"));
        Assert.That(there, Is.GreaterThan(1000.0 * PacketFrames / 48_000), "a block and its device take that long");
        Assert.That(both, Is.GreaterThan(there));
    }

    [Test]
    public void Both_ways_to_hear_it_are_judged()
    {
        foreach (string method in new[] { "plain", "predicted" })
        {
            Assert.That(_finished.GetProperty(method).GetProperty("snr_db").ValueKind, Is.EqualTo(JsonValueKind.Number), method);
            Assert.That(_finished.GetProperty(method).GetProperty("mel_sc").ValueKind, Is.EqualTo(JsonValueKind.Number), method);
        }
    }

    [Test]
    public void The_same_seed_loses_the_same_packets_and_another_others()
    {
        using TemporaryFolder folder = new();
        string Losses(int seed) => Cli.Lines(Run(folder.PathOf("demo.html"), seed))[^1].GetProperty("losses").GetString()!;
        string mine = _finished.GetProperty("losses").GetString()!;
        Assert.That(Losses(Seed), Is.EqualTo(mine));
        Assert.That(Losses(Seed + 1), Is.Not.EqualTo(mine));
    }

    [Test]
    public void The_page_needs_nothing_but_itself()
    {
        Assert.That(_text, Does.StartWith("<!DOCTYPE html>").And.Not.Contain("://"));
        Assert.That(_page.Descendants().Attributes("src").Select(source => source.Value), Is.Not.Empty.And.All.StartsWith("data:"));
        Assert.That(_page.Descendants("link"), Is.Empty);
    }

    [Test]
    public void The_page_holds_what_there_is_to_see_and_to_hear()
    {
        string[] pictures = [.. _page.Descendants("svg").Attributes("aria-label").Select(label => label.Value)];
        Assert.That(pictures, Does.Contain("Latency from A to B").And.Contain("Depth of the jitter buffers over time"));
        Assert.That(pictures, Does.Contain("Losses From A to B").And.Contain("The whole gap"));
        Assert.That(_page.Descendants("h4").Select(title => title.Value), Does.Contain("What A played").And.Contain("Without prediction").And.Contain("With prediction"));
        XElement map = _page.Descendants("svg").First(picture => (string?)picture.Attribute("aria-label") == "Losses From A to B");
        Assert.That(map.Elements("rect").Count(mark => (string?)mark.Attribute("class") == "lost"), Is.EqualTo(Number("lost")));
        Assert.That(_page.Descendants("th").Select(head => head.Value), Does.Contain("A to B: link").And.Contain("B to A: buffer").And.Contain("SNR"));
    }

    [Test]
    public void A_signal_ends_it_with_the_page()
    {
        using TemporaryFolder folder = new();
        string report = folder.PathOf("demo.html");
        using CliProcess demo = Cli.StartUntil("\"event\":\"progress\"", "demo", "--seconds", "60", "--backend", "null", "--json", "--report", report);
        CliResult result = demo.End("INT");
        Assert.That(result.ExitCode, Is.EqualTo(130), result.All);
        Assert.That(Cli.Lines(result)[^1].GetProperty("end").GetString(), Is.EqualTo("interrupted"));
        Assert.That(File.ReadAllText(report), Does.EndWith("</html>\n").And.Contain("Interrupted"));
    }

    [Test]
    public void A_file_that_is_not_there_is_named()
    {
        CliResult result = Cli.Run("demo", "nowhere.wav", "--backend", "null");
        Assert.That(result.ExitCode, Is.EqualTo(1), result.All);
        Assert.That(result.Error, Does.Contain("nowhere.wav"));
    }

    private static CliResult Run(string report, int seed) => Cli.Run(
        "demo", "--seconds", "2", "--backend", "null", "--period", $"{PacketFrames}", "--preset", Preset, "--seed", $"{seed}", "--report", report, "--json");

    private static double Median(JsonElement hop) => hop.GetProperty("p50").GetDouble();

    private long Number(string name) => _finished.GetProperty(name).GetInt64();
}
