// SPDX-License-Identifier: MIT
using System.Text.Json;
using AudioMesh.Testing;

namespace AudioMesh.Cli.Tests;

/// <summary><c>audiomesh eval pnbtr</c>: the command around the figures.</summary>
internal sealed class EvalTests
{
    private static string[] StreamFigures { get; } =
    [
        "gap_mean_db", "gap_median_db", "gap_p90_db", "snr_db", "mel_sc", "lsd_db", "click_db", "level_median_db", "level_p10_db", "level_p90_db",
        "post_gap_share", "peak_ratio",
    ];

    [Test]
    public void Every_method_has_every_figure()
    {
        using TemporaryFolder folder = Corpus(seconds: 0.5);
        JsonElement result = Eval(folder, "--preset", "periodic", "--gaps", "1");
        string[] methods = [.. Names(result, "methods", "method")];
        Assert.That(methods, Is.SupersetOf((string[])["zero", "repeat", "pitch", "burg-short", "ar-128"]));
        foreach (JsonElement method in result.GetProperty("methods").EnumerateArray())
        {
            JsonElement fill = method.GetProperty("fill");
            Assert.That(fill.GetProperty("calls").GetInt32(), Is.GreaterThan(0));
            Assert.That(fill.GetProperty("p99_ns").GetDouble(), Is.GreaterThanOrEqualTo(fill.GetProperty("p50_ns").GetDouble()));
            Assert.That(method.GetProperty("receive").GetProperty("calls").GetInt32(), Is.GreaterThan(0));
            Assert.That(method.GetProperty("work").GetProperty("calls").GetInt32(), Is.GreaterThan(0));
            Assert.That(method.GetProperty("output_hash").GetString(), Does.Match("^[0-9a-f]{16}$"));
            Assert.That(method.GetProperty("not_finite").GetInt64(), Is.Zero);
        }

        JsonElement isolated = result.GetProperty("isolated");
        Assert.That(Numbers(isolated, "lengths"), Is.EqualTo(new double?[] { 64, 128, 256, 512, 1024, 2880 }));
        Assert.That(Names(isolated, "methods", "method"), Is.EqualTo(methods));
        foreach (JsonElement method in isolated.GetProperty("methods").EnumerateArray())
        {
            foreach (string figure in (string[])["gaps", "mean_db", "median_db", "p90_db", "worst_clip_db"])
            {
                Assert.That(Numbers(method, figure), Has.Length.EqualTo(6).And.None.Null, figure);
            }
        }

        AssertComplete(result.GetProperty("streams")[0], methods);
    }

    [Test]
    public void Every_preset_has_every_figure()
    {
        using TemporaryFolder folder = Corpus();
        JsonElement result = Eval(folder, "--preset", "all", "--methods", "zero", "--gaps", "0", "--seed", "1");
        Assert.That(result.TryGetProperty("isolated", out _), Is.False);
        Assert.That(Names(result, "streams", "stream"), Is.EqualTo((string[])
        [
            "wifi/64", "wifi/128", "fibre/64", "fibre/128", "good/128", "bad-wifi/128", "is2/512", "periodic/480",
            "outage/60ms", "outage/120ms", "outage/500ms",
        ]));
        foreach (JsonElement stream in result.GetProperty("streams").EnumerateArray())
        {
            AssertComplete(stream, ["zero"]);
        }
    }

    [Test]
    public void It_comes_to_the_same_on_any_number_of_processors()
    {
        using TemporaryFolder folder = Corpus(seconds: 0.5);
        string[] command = ["eval", "pnbtr", "--corpus", folder.FullPath, "--methods", "repeat,pnbtr-lite,pnbtr-ahead", "--gaps", "2", "--preset", "good", "--json"];
        JsonElement one = Cli.Lines(Cli.RunWith(new Dictionary<string, string> { ["DOTNET_PROCESSOR_COUNT"] = "1" }, command)).Single();
        JsonElement two = Cli.Lines(Cli.RunWith(new Dictionary<string, string> { ["DOTNET_PROCESSOR_COUNT"] = "2" }, command)).Single();
        Assert.That(Names(one, "methods", "output_hash"), Is.EqualTo(Names(two, "methods", "output_hash")));
        foreach (string part in (string[])["isolated", "streams", "clips"])
        {
            Assert.That(one.GetProperty(part).GetRawText(), Is.EqualTo(two.GetProperty(part).GetRawText()));
        }
    }

    [Test]
    public void Another_seed_is_other_gaps_and_other_losses()
    {
        using TemporaryFolder folder = Corpus();
        JsonElement one = Eval(folder, "--methods", "zero", "--seed", "1");
        JsonElement two = Eval(folder, "--methods", "zero", "--seed", "2");
        Assert.That(Names(one, "streams", "trace_hash"), Is.Not.EqualTo(Names(two, "streams", "trace_hash")));
        Assert.That(Names(one, "methods", "output_hash"), Is.Not.EqualTo(Names(two, "methods", "output_hash")));
        Assert.That(Starts(one), Is.Not.EqualTo(Starts(two)));
        Assert.That(Starts(one), Is.EqualTo(Starts(Eval(folder, "--methods", "zero", "--seed", "1"))));
    }

    [Test]
    public void Losses_are_as_many_and_as_long_as_asked_for()
    {
        using TemporaryFolder folder = Corpus(seconds: 20);
        JsonElement stream = Eval(folder, "--methods", "zero", "--gaps", "0", "--packet", "16", "--loss", "20", "--burst", "4").GetProperty("streams")[0];
        Assert.That(stream.GetProperty("lost_pct").GetDouble(), Is.EqualTo(20).Within(2));
        double lost = stream.GetProperty("clips").EnumerateArray().Sum(clip => clip.GetProperty("lost_packets").GetDouble());
        double gaps = stream.GetProperty("clips").EnumerateArray().Sum(clip => clip.GetProperty("gaps").GetDouble());
        Assert.That(lost / gaps, Is.EqualTo(4).Within(0.4));
    }

    [Test]
    public void Every_channel_and_every_rate_is_heard()
    {
        using TemporaryFolder folder = new();
        float[] left = Tones.Chord(60_000, 44_100, 220);
        Sounds.Write(folder.PathOf("mono.wav"), left, rate: 44_100);
        Sounds.Write(folder.PathOf("stereo.WAV"), [.. left.SelectMany(sample => (float[])[2 * sample, 0])], rate: 44_100, channels: 2);
        JsonElement[] clips = [.. Eval(folder, "--methods", "zero").GetProperty("clips").EnumerateArray()];
        Assert.That(clips.Select(clip => clip.GetProperty("clip").GetString()), Is.EqualTo((string[])["mono", "stereo"]));
        Assert.That(clips.Select(clip => (clip.GetProperty("rate").GetInt32(), clip.GetProperty("frames").GetInt32())), Is.All.EqualTo((44_100, 60_000)));
    }

    [Test]
    public void What_cannot_be_judged_is_skipped_and_named()
    {
        using TemporaryFolder folder = Corpus();
        Sounds.Write(folder.PathOf("short.wav"), Tones.Chord(9000, 48_000, 220));
        Sounds.Write(folder.PathOf("silent.wav"), new float[48_000]);
        Sounds.Write(folder.PathOf("broken.wav"), [.. Tones.Chord(48_000, 48_000, 220).Append(float.NaN)]);
        JsonElement result = Eval(folder, "--methods", "zero");
        Assert.That(Names(result, "skipped", "clip"), Is.EqualTo((string[])["broken", "short", "silent"]));
        Assert.That(Names(result, "clips", "clip"), Is.EqualTo((string[])["high", "low"]));
        Assert.That(Run(folder, "--methods", "zero").Output, Does.Contain("Skipped silent: it is silent."));
    }

    [Test]
    public void A_corpus_that_is_not_there_or_cannot_be_read_is_named()
    {
        using TemporaryFolder folder = new();
        AssertFails(folder.PathOf("nowhere"), "no such folder");
        AssertFails(folder.FullPath, "has no WAV files");
        Sounds.Write(folder.PathOf("silent.wav"), new float[48_000]);
        AssertFails(folder.FullPath, "silent is silent");
        File.WriteAllText(folder.PathOf("letter.wav"), "This is a letter, not a recording of anything.");
        AssertFails(folder.FullPath, folder.PathOf("letter.wav"));
    }

    [Test]
    public void Piped_it_is_lines_and_tables()
    {
        using TemporaryFolder folder = Corpus();
        CliResult result = Run(folder, "--methods", "zero", "--preset", "good");
        Assert.That(result.ExitCode, Is.Zero, result.All);
        Assert.That(result.Output, Does.Match("5/5 zero: time\n"));
        Assert.That(result.Output, Does.Match("METHOD +64 +128 +256 +512 +1024 +2880\nzero +mean +0\\.0 +0\\.0 +0\\.0 +0\\.0 +0\\.0 +0\\.0\n +median +0\\.0"));
        Assert.That(result.Output, Does.Match("good/128: 1 %, in bursts of 1.2, packets of 128 frames; [0-9.]+ % was lost"));
        Assert.That(result.Output, Does.Match("METHOD +GAP MEAN +MEDIAN +P90 +SNR +MEL-SC +LSD\nzero +0\\.0 +0\\.0 +0\\.0( +[0-9.]+){3}\n"));
        Assert.That(result.Output, Does.Match("METHOD +CLICK +LEVEL +P10 +P90 +AFTER +PEAK\nzero +[0-9.]+( +-60\\.0){3} +0\\.00 +[0-9.]+\n"));
        Assert.That(result.Output, Does.Match("METHOD +FILL P50 +P99 +RECEIVE P50 +P99 +WORK P50 +P99\nzero( +[0-9.]+ us){6}\n"));
        Assert.That(result.Output, Does.Match("METHOD +HASH +WHAT\nzero +[0-9a-f]{16} +Silence\\."));
        Assert.That(result.All, Does.Not.Contain("\u001b"));
    }

    private static TemporaryFolder Corpus(double seconds = 3.5)
    {
        TemporaryFolder folder = new();
        int frames = (int)(48_000 * seconds);
        Sounds.Write(folder.PathOf("high.wav"), Tones.Chord(frames, 48_000, 880));
        Sounds.Write(folder.PathOf("low.wav"), Tones.Chord(frames, 48_000, 110));
        File.WriteAllText(folder.PathOf("readme.txt"), "not a recording");
        return folder;
    }

    private static CliResult Run(TemporaryFolder folder, params string[] arguments) => Cli.Run(["eval", "pnbtr", "--corpus", folder.FullPath, .. arguments]);

    private static JsonElement Eval(TemporaryFolder folder, params string[] arguments)
    {
        CliResult result = Run(folder, [.. arguments, "--json"]);
        Assert.That(result.ExitCode, Is.Zero, result.All);
        return Cli.Lines(result).Single();
    }

    private static void AssertComplete(JsonElement stream, string[] methods)
    {
        Assert.That(Names(stream, "methods", "method"), Is.EqualTo(methods));
        Assert.That(Names(stream, "clips", "clip"), Is.EqualTo((string[])["high", "low"]));
        foreach (JsonElement method in stream.GetProperty("methods").EnumerateArray())
        {
            Assert.That(StreamFigures.Where(figure => method.GetProperty(figure).ValueKind != JsonValueKind.Number), Is.Empty, $"{stream}");
        }
    }

    private static void AssertFails(string corpus, string sign)
    {
        CliResult result = Cli.Run("eval", "pnbtr", "--corpus", corpus);
        Assert.That(result.ExitCode, Is.EqualTo(1), result.All);
        Assert.That(result.Error, Does.StartWith("audiomesh: ").And.Contain(corpus).And.Contain(sign));
    }

    private static IEnumerable<string> Names(JsonElement parent, string array, string field) =>
        parent.GetProperty(array).EnumerateArray().Select(item => item.GetProperty(field).GetString()!);

    private static double?[] Numbers(JsonElement parent, string array) =>
        [.. parent.GetProperty(array).EnumerateArray().Select(item => item.ValueKind == JsonValueKind.Null ? (double?)null : item.GetDouble())];

    private static string Starts(JsonElement result) =>
        string.Join(';', result.GetProperty("isolated").GetProperty("clips").EnumerateArray().Select(clip => clip.GetProperty("starts").GetRawText()));
}
