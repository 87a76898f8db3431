// SPDX-License-Identifier: MIT
using System.Text;
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;
using AudioMesh.Testing;

namespace AudioMesh.Cli.Tests;

/// <summary>The page that <c>audiomesh eval pnbtr --report</c> writes.</summary>
internal sealed class EvalReportTests
{
    private const string OddName = "it's <b> \"loud\" & fast";
    private const int Rate = 44_100;

    private static readonly string[] Methods = ["zero", "repeat", "pitch"];

    private string _text = "";
    private XElement _page = new("html");
    private JsonElement _figures;

    [OneTimeSetUp]
    public void Evaluate()
    {
        using TemporaryFolder folder = new();
        string corpus = Directory.CreateDirectory(folder.PathOf("corpus")).FullName;
        Sounds.WriteNoise(Path.Combine(corpus, $"{OddName}.wav"), 30_000, Rate, 1);
        Sounds.WriteNoise(Path.Combine(corpus, "plain.wav"), 30_000, Rate, 1);
        string report = folder.PathOf("report.html");
        File.WriteAllText(report, new string('x', 10_000_000));
        CliResult result = Cli.Run(
            "eval", "pnbtr", "--corpus", corpus, "--methods", string.Join(',', Methods), "--gaps", "3", "--preset", "bad-wifi", "--report", report, "--json");
        Assert.That(result.ExitCode, Is.Zero, result.All);
        _figures = Cli.Lines(result)[^1];
        _text = File.ReadAllText(report);
        using XmlReader reader = XmlReader.Create(new StringReader(_text), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
        _page = XElement.Load(reader);
    }

    [Test]
    public void It_needs_nothing_but_itself()
    {
        Assert.That(_text, Does.StartWith("<!DOCTYPE html>").And.Not.Contain("http"));
        Assert.That(_page.Descendants().Attributes("src").Select(source => source.Value), Is.Not.Empty.And.All.StartsWith("data:"));
        Assert.That(_page.Descendants().Attributes("href"), Is.Empty);
        Assert.That(_page.Descendants("link"), Is.Empty);
    }

    [Test]
    public void It_holds_the_figures_of_single_gaps()
    {
        XElement table = Figures().First();
        foreach (JsonElement method in _figures.GetProperty("isolated").GetProperty("methods").EnumerateArray())
        {
            string[] means = [.. method.GetProperty("mean_db").EnumerateArray().Select(mean => Written(mean, "0.0"))];
            Assert.That(Row(table, method).Select(cell => cell.Nodes().OfType<XText>().First().Value), Is.EqualTo(means));
        }
    }

    [Test]
    public void It_holds_the_figures_of_streams()
    {
        XElement table = Figures().ElementAt(1);
        foreach (JsonElement method in _figures.GetProperty("streams")[0].GetProperty("methods").EnumerateArray())
        {
            IReadOnlyList<XElement> cells = Row(table, method);
            Assert.That(cells[0].Value, Is.EqualTo(Written(method.GetProperty("gap_mean_db"), "0.0")));
            Assert.That(cells[4].Value, Is.EqualTo(Written(method.GetProperty("mel_sc"), "0.000")));
        }
    }

    [Test]
    public void It_tells_every_method_and_recording_apart()
    {
        XElement[] heat = [.. Tables("heat")];
        Assert.That(heat, Has.Length.EqualTo(_figures.GetProperty("isolated").GetProperty("lengths").GetArrayLength()));
        foreach (XElement table in heat)
        {
            Assert.That(table.Element("tbody")!.Elements("tr").Select(row => row.Element("th")!.Value), Is.EqualTo(new[] { OddName, "plain" }));
            Assert.That(table.Element("thead")!.Descendants("th").Skip(1).Select(head => head.Value), Is.EqualTo(Methods));
        }

        XElement chart = _page.Descendants("figure").First(figure => (string?)figure.Attribute("class") == "chart");
        Assert.That(chart.Descendants("g").Select(line => line.Element("text")!.Value), Is.EqualTo(Methods));
        Assert.That(chart.Descendants("circle").Count(), Is.EqualTo(Methods.Length * heat.Length));
    }

    [Test]
    public void Each_gap_can_be_seen_and_heard_as_every_method_had_it()
    {
        XElement[] examples = [.. _page.Descendants("article")];
        Assert.That(examples, Has.Length.EqualTo(4), "The worst and the median gap of two recordings.");
        foreach (XElement example in examples)
        {
            byte[][] pictures = [.. example.Descendants("img").Select(image => Content(image, "data:image/png;base64,"))];
            byte[][] sounds = [.. example.Descendants("audio").Select(audio => Content(audio, "data:audio/wav;base64,"))];
            Assert.That(pictures, Has.Length.EqualTo(Methods.Length + 1).And.All.Matches<byte[]>(png => png.AsSpan(1, 3).SequenceEqual("PNG"u8)));
            Assert.That(sounds, Has.Length.EqualTo(Methods.Length + 1));
            Assert.That(sounds.Distinct(new SameBytes()).Count(), Is.EqualTo(sounds.Length), "Each of them is another.");
            foreach (byte[] wav in sounds)
            {
                Assert.That(Encoding.ASCII.GetString(wav, 0, 4), Is.EqualTo("RIFF"));
                Assert.That(BitConverter.ToInt32(wav, 24), Is.EqualTo(Rate));
                Assert.That(BitConverter.ToInt32(wav, 40), Is.EqualTo(wav.Length - 44).And.GreaterThan(Rate / 2));
            }
        }
    }

    [Test]
    public void A_report_that_cannot_be_written_is_named_before_the_work()
    {
        CliResult result = Cli.Run("eval", "pnbtr", "--corpus", Repository.PathOf("samples", "audio"), "--report", "/nosuchfolder/report.html");
        Assert.That(result.ExitCode, Is.EqualTo(1), result.All);
        Assert.That(result.Error.Trim(), Does.StartWith("audiomesh: /nosuchfolder/report.html: ").And.Not.Contain("\n"));
    }

    private IEnumerable<XElement> Figures() => Tables("figures");

    private IEnumerable<XElement> Tables(string name) => _page.Descendants("table").Where(table => (string?)table.Attribute("class") == name);

    private static IReadOnlyList<XElement> Row(XElement table, JsonElement method) =>
        [.. table.Descendants("tr").Single(row => row.Element("th")!.Value == method.GetProperty("method").GetString()).Elements("td")];

    private static string Written(JsonElement number, string format) =>
        number.ValueKind == JsonValueKind.Null ? "\u2013" : (Math.Round(number.GetDouble(), 6) + 0).ToString(format).Replace('-', '\u2212');

    private static byte[] Content(XElement element, string begin)
    {
        string source = element.Attribute("src")!.Value;
        Assert.That(source, Does.StartWith(begin));
        return Convert.FromBase64String(source[begin.Length..]);
    }

    private sealed class SameBytes : IEqualityComparer<byte[]>
    {
        public bool Equals(byte[]? one, byte[]? other) => one.AsSpan().SequenceEqual(other);

        public int GetHashCode(byte[] bytes) => bytes.Length;
    }
}
