// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text;
using System.Text.Json;
using AudioMesh.Testing;

namespace AudioMesh.Cli.Tests;

/// <summary><c>audiomesh jdat</c> as scripts use it.</summary>
[Platform("Linux,MacOsX")]
internal sealed class JdatTests
{
    private const int Lead = 12_000;
    private const int Frames = 12_000;

    [Test]
    public void What_is_piped_in_is_in_the_file_bit_by_bit()
    {
        using TemporaryFolder folder = new();
        string path = folder.PathOf("out.wav");
        float[] samples = new float[2 * (Lead + Frames)];
        new RepeatableRandom(31).Fill(samples.AsSpan(2 * Lead));

        // All of it is there before it begins, so that no busy machine makes a gap; the lead is for the fades at the start.
        CliResult result = Cli.RunPiped(Lines(samples, "rubbish"), "jdat", "--in", "-", "--output", path, "--depth", "24000", "--host", "managed", "--rate", "48000");
        Assert.That(result.ExitCode, Is.Zero, result.All);
        Assert.That(result.Output, Does.Contain("101 lines in, 1 refused, 0 gaps"));
        float[] written = Sounds.ReadAll(path);
        int start = Array.FindIndex(written, sample => sample != 0);
        Assert.That(written.AsSpan(start, 2 * Frames).SequenceEqual(samples.AsSpan(2 * Lead)));
    }

    [Test]
    public void What_is_piped_out_is_lines_and_nothing_else()
    {
        CliResult result = Cli.Run("jdat", "--out", "-", "--backend", "null", "--rate", "48000", "--channels", "1", "--seconds", "0.3", "--block", "64", "--session", "x", "--host", "managed");
        Assert.That(result.ExitCode, Is.Zero, result.All);
        Assert.That(result.Error, Does.Contain("JDAT to -").And.Contain("lines out"));
        IReadOnlyList<JsonElement> lines = Cli.Lines(result);
        Assert.That(lines.Sum(line => line.GetProperty("audio_data").GetProperty("samples").GetArrayLength()), Is.GreaterThanOrEqualTo(14_000));
        Assert.That(lines.Select(line => line.GetProperty("session_id").GetString()).Distinct(), Is.EqualTo(new[] { "x" }));
        long[] times = [.. lines.Select(line => line.GetProperty("timestamp_gpu").GetInt64())];
        Assert.That(times, Is.Ordered.Ascending);
    }

    [Test]
    public void Json_reports_count_on_standard_error_beside_lines()
    {
        CliResult result = Cli.Run("jdat", "--out", "-", "--backend", "null", "--seconds", "0.2", "--json", "--host", "managed");
        Assert.That(result.ExitCode, Is.Zero, result.All);
        JsonElement end = result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)
            .Single(line => line.GetProperty("event").GetString() == "finished");
        Assert.That(end.GetProperty("action").GetString(), Is.EqualTo("jdat"));
        Assert.That(end.GetProperty("out_lines").GetInt64(), Is.GreaterThan(10));
        Assert.That(end.GetProperty("out_dropped_lines").GetInt64(), Is.Zero);
    }

    [TestCase("INT")]
    [TestCase("TERM")]
    public void A_signal_ends_it_and_its_socket_goes(string signal)
    {
        using TemporaryFolder folder = new();
        string path = folder.PathOf("jdat.sock");
        using CliProcess jdat = Cli.StartUntil("0:00", "jdat", "--in", $"unix:{path}", "--backend", "null", "--host", "managed");
        Assert.That(File.Exists(path));
        CliResult result = jdat.End(signal == "INT" && SignalTests.IsInterruptIgnored() ? "TERM" : signal);
        Assert.That(result.ExitCode, Is.Zero, result.All);
        Assert.That(result.Output, Does.Contain("interrupted"));
        Assert.That(File.Exists(path), Is.False);
    }

    [TestCase("jdat needs --in, --out or both", 2)]
    [TestCase("no place for JDAT", 2, "--in", "tcp:127.0.0.1:5")]
    [TestCase("has to be allowed", 1, "--out", "udp:192.0.2.1:9000")]
    [TestCase("each needs a place of its own", 2, "--in", "unix:/tmp/a", "--out", "unix:/tmp/a")]
    public void A_mistake_is_named(string message, int exitCode, params string[] arguments)
    {
        CliResult result = Cli.Run(["jdat", .. arguments]);
        Assert.That(result.ExitCode, Is.EqualTo(exitCode), result.All);
        Assert.That(result.Error, Does.Contain(message));
        Assert.That(result.Error.TrimEnd().Split('\n'), Has.Length.EqualTo(1));
    }

    private static string Lines(float[] samples, string last)
    {
        StringBuilder lines = new();
        for (int at = 0; at < samples.Length; at += 480)
        {
            string numbers = string.Join(',', samples.Skip(at).Take(480).Select(sample => sample.ToString("R", CultureInfo.InvariantCulture)));
            lines.Append(
                $$$"""{"type":"jdat","version":"jamnet/1.0","timestamp_gpu":null,"session_id":"","audio_data":{"sample_rate":48000,"channels":2,"samples":[{{{numbers}}}]}}""")
                .Append('\n');
        }

        return lines.Append(last).Append('\n').ToString();
    }
}
