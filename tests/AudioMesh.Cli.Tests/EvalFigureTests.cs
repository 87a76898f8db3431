// SPDX-License-Identifier: MIT
using System.Text.Json;
using AudioMesh.Testing;

namespace AudioMesh.Cli.Tests;

/// <summary>The figures of <c>audiomesh eval pnbtr</c>, on sounds of which they are known.</summary>
internal sealed class EvalFigureTests
{
    private const int Period = 480;
    private const double Rounding = 1e-4;

    [Test]
    public void Silence_is_0_dB_and_its_noise_is_what_it_lost()
    {
        using TemporaryFolder folder = new();
        Sounds.Write(folder.PathOf("square.wav"), [.. Enumerable.Range(0, 48_000).Select(n => n % 100 < 50 ? 0.5f : -0.5f)]);
        JsonElement result = Eval(folder, "--methods", "zero", "--preset", "periodic");
        JsonElement gaps = result.GetProperty("isolated").GetProperty("methods")[0];
        foreach (string figure in (string[])["mean_db", "median_db", "p90_db", "worst_clip_db"])
        {
            Assert.That(gaps.GetProperty(figure).EnumerateArray().Select(db => db.GetDouble()), Is.All.Zero, figure);
        }

        JsonElement stream = result.GetProperty("streams")[0];
        Assert.That(stream.GetProperty("lost_pct").GetDouble(), Is.EqualTo(10));
        JsonElement zero = stream.GetProperty("methods")[0];
        AssertFigure(zero, "gap_mean_db", 0);
        AssertFigure(zero, "snr_db", 10);
        AssertFigure(zero, "level_median_db", -60);
        AssertFigure(zero, "post_gap_share", 0);
        AssertFigure(zero, "peak_ratio", 1);
    }

    [Test]
    public void What_repeats_itself_is_repeated_without_a_flaw()
    {
        using TemporaryFolder folder = new();
        Sounds.Write(folder.PathOf("periodic.wav"), Tones.Periodic(48_000, Period, 0.5));
        JsonElement result = Eval(folder, "--methods", "repeat", "--preset", "periodic", "--packet", $"{Period}");
        foreach (JsonElement db in result.GetProperty("isolated").GetProperty("methods")[0].GetProperty("mean_db").EnumerateArray())
        {
            Assert.That(db.GetDouble(), Is.EqualTo(-40), "as good as it counts");
        }

        JsonElement repeat = result.GetProperty("streams")[0].GetProperty("methods")[0];
        AssertFigure(repeat, "gap_mean_db", -40);
        Assert.That(repeat.GetProperty("snr_db").ValueKind, Is.EqualTo(JsonValueKind.Null), "there is no noise");
        Assert.That(repeat.GetProperty("post_gap_share").ValueKind, Is.EqualTo(JsonValueKind.Null), "there is no error");
        foreach (string figure in (string[])["mel_sc", "lsd_db", "click_db", "level_median_db", "level_p10_db", "level_p90_db"])
        {
            AssertFigure(repeat, figure, 0);
        }

        AssertFigure(repeat, "peak_ratio", 1);
    }

    [Test]
    public void A_known_step_has_its_click()
    {
        using TemporaryFolder folder = new();
        Sounds.Write(folder.PathOf("cosine.wav"), Tones.Periodic(48_000 + 1, Period, 0.5));
        JsonElement stream = Eval(folder, "--methods", "zero", "--preset", "periodic", "--gaps", "0").GetProperty("streams")[0];

        // From the cosine's crest to nothing and back, against how sharply the crest itself bends.
        double w = 2 * Math.PI / Period;
        double crest = 2 * (1 - Math.Cos(w));
        double down = 20 * Math.Log10(((2 * Math.Cos(w)) - Math.Cos(2 * w)) / crest);
        double up = 20 * Math.Log10((2 - Math.Cos(w)) / crest);
        Assert.That(stream.GetProperty("methods")[0].GetProperty("click_db").GetDouble(), Is.EqualTo((down + up) / 2).Within(0.02));
    }

    [Test]
    public void Gaps_in_silence_do_not_count()
    {
        using TemporaryFolder folder = new();
        float[] samples = Tones.Chord(48_000, 48_000, 220);
        samples.AsSpan(24_000).Clear();
        Sounds.Write(folder.PathOf("half.wav"), samples);
        JsonElement result = Eval(folder, "--methods", "zero", "--gaps", "200", "--preset", "none");
        JsonElement clip = result.GetProperty("isolated").GetProperty("clips")[0];
        int[] starts = [.. clip.GetProperty("starts").EnumerateArray().Select(start => start.GetInt32())];
        Assert.That(starts, Has.Length.EqualTo(200).And.Unique.And.Ordered);
        Assert.That(starts, Is.All.InRange(8192, 48_000 - 2880));
        Assert.That(starts.Select(start => start % 128), Is.All.Zero, "Gaps begin where packets do.");
        Assert.That(clip.GetProperty("methods")[0].GetProperty("gaps")[0].GetInt32(), Is.EqualTo(starts.Count(start => start < 24_000)));
    }

    [Test]
    public void Rendered_streams_have_the_figures_that_were_told()
    {
        using TemporaryFolder folder = new();
        string rendered = folder.PathOf("listen");
        float[] chord = Tones.Chord(20_000, 48_000, 330);
        Sounds.Write(folder.PathOf("chord.wav"), chord);
        JsonElement stream = Eval(
            folder, "--methods", "repeat", "--loss", "10", "--burst", "2", "--gaps", "0", "--render", rendered).GetProperty("streams")[0];
        float[] reference = Sounds.ReadAll(Path.Combine(rendered, "chord", "reference.wav"));
        float[] lossy = Sounds.ReadAll(Path.Combine(rendered, "chord", "loss-128", "lossy.wav"));
        float[] heard = Sounds.ReadAll(Path.Combine(rendered, "chord", "loss-128", "repeat.wav"));
        Assert.That(reference, Is.EqualTo(chord));
        (int Begin, int End)[] gaps = PlainFigures.GapsOf(lossy, 128);
        Assert.That(gaps, Has.Length.EqualTo(stream.GetProperty("clips")[0].GetProperty("gaps").GetInt32()));
        JsonElement figures = stream.GetProperty("methods")[0];
        double error = PlainFigures.Error(heard, reference, 0, reference.Length);
        double[] gapsDb = [.. gaps.Select(gap => PlainFigures.GapDb(heard, reference, gap)).Order()];
        AssertFigure(figures, "snr_db", 10 * Math.Log10(reference.Sum(sample => (double)sample * sample) / error));
        AssertFigure(figures, "gap_mean_db", gapsDb.Average());
        AssertFigure(figures, "post_gap_share", 1 - (gaps.Sum(gap => PlainFigures.Error(heard, reference, gap.Begin, gap.End)) / error));
        AssertFigure(figures, "lsd_db", PlainFigures.LogSpectralDistance(heard, reference, gaps));
        AssertFigure(figures, "mel_sc", PlainFigures.MelConvergence(heard, reference));
        AssertFigure(figures, "peak_ratio", heard.Max(sample => Math.Abs(sample)) / reference.Max(sample => Math.Abs(sample)));
    }

    private static JsonElement Eval(TemporaryFolder folder, params string[] arguments)
    {
        CliResult result = Cli.Run(["eval", "pnbtr", "--corpus", folder.FullPath, .. arguments, "--json"]);
        Assert.That(result.ExitCode, Is.Zero, result.All);
        return Cli.Lines(result).Single();
    }

    private static void AssertFigure(JsonElement method, string figure, double expected) =>
        Assert.That(method.GetProperty(figure).GetDouble(), Is.EqualTo(expected).Within(Rounding), figure);
}
