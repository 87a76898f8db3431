// SPDX-License-Identifier: MIT
using System.Text.Json;
using AudioMesh.Files;
using AudioMesh.Testing;

namespace AudioMesh.Cli.Tests;

/// <summary><c>hub</c> and <c>join</c>, as processes on loopback.</summary>
[Platform("Linux,MacOsX")]
internal sealed class HubTests
{
    private const double LoudDb = -6;
    private const double SoftDb = -26;

    private static readonly string[] Loopback = ["--listen", "127.0.0.1:0", "--backend", "null", "--json"];

    [TestCase("cpu")]
    [TestCase("compute")]
    public void Each_client_hears_the_other_and_not_itself_and_both_are_recorded(string mixer)
    {
        using TemporaryFolder folder = new();
        string key = Key(folder, "band.key");
        (string loud, string soft) = (Tone(folder, "loud.wav", LoudDb), Tone(folder, "soft.wav", SoftDb));
        using CliProcess hub = Cli.StartUntil("\"event\":\"started\"", "hub", "--name", "stage", "--listen", "127.0.0.1:0", "--key-file", key, "--record", folder.PathOf("takes"), "--mixer", mixer, "--max-clients", "4", "--json");
        JsonElement started = JsonDocument.Parse(hub.Output.Trim()).RootElement;
        Assert.That(started.GetProperty("mixer").GetString(), mixer == "cpu" ? Is.EqualTo("cpu") : Does.Contain("us for all"));
        string at = started.GetProperty("listen").GetString()!;
        using CliProcess anna = Cli.StartUntil("hub_joined", ["join", "stage", loud, "--loop", "--name", "anna", "--to", at, "--key-file", key, .. Loopback]);
        using CliProcess ben = Cli.StartUntil("hub_joined", ["join", "stage", soft, "--loop", "--name", "ben", "--to", at, "--key-file", key, .. Loopback]);
        Thread.Sleep(4000);
        CliResult heardByBen = ben.End("TERM");
        CliResult heardByAnna = anna.End("TERM");
        Assert.That((heardByAnna.ExitCode, heardByBen.ExitCode), Is.EqualTo((0, 0)), heardByAnna.All + heardByBen.All);
        Assert.That(Level(heardByBen), Is.EqualTo(LoudDb).Within(1.5), heardByBen.All);
        Assert.That(Level(heardByAnna), Is.EqualTo(SoftDb).Within(1.5), heardByAnna.All);

        CliResult mixed = hub.End("TERM");
        Assert.That(mixed.ExitCode, Is.Zero, mixed.All);
        Assert.That(mixed.Output, Does.Contain("\"client_joined\",\"client\":\"anna\"").And.Contain("\"client_left\",\"client\":\"ben\""), mixed.All);
        string[] stems = [.. Directory.GetFiles(folder.PathOf("takes"), "*.wav", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
        Assert.That(stems.Select(stem => Path.GetFileName(stem)!), Is.EqualTo(new[] { "anna-1.wav", "ben-2.wav" }));
        foreach (string stem in stems)
        {
            using IAudioFileReader reader = AudioFile.OpenRead(stem);
            Assert.That(reader.Info.TimeReference, Is.Not.Null);
            float[] sizes = [.. Sounds.ReadAll(stem).Select(Math.Abs).Where(size => size > 1e-4f).Order()];
            Assert.That(sizes[sizes.Length * 95 / 100], Is.EqualTo(Math.Pow(10, (Path.GetFileName(stem).StartsWith("anna", StringComparison.Ordinal) ? LoudDb : SoftDb) / 20)).Within(10).Percent);
        }
    }

    [Test]
    public void A_name_that_is_taken_and_another_key_are_refused()
    {
        using TemporaryFolder folder = new();
        string key = Key(folder, "band.key");
        string tone = Tone(folder, "tone.wav", LoudDb);
        using CliProcess hub = Cli.StartUntil("\"event\":\"started\"", "hub", "--name", "stage", "--listen", "127.0.0.1:0", "--key-file", key, "--json");
        string at = JsonDocument.Parse(hub.Output.Trim()).RootElement.GetProperty("listen").GetString()!;
        using CliProcess anna = Cli.StartUntil("hub_joined", ["join", "stage", tone, "--loop", "--name", "anna", "--to", at, "--key-file", key, .. Loopback]);
        CliResult twin = Cli.Run(["join", "stage", tone, "--loop", "--name", "anna", "--to", at, "--key-file", key, .. Loopback]);
        Assert.That((twin.ExitCode, twin.All.Contains("The name 'anna' is taken", StringComparison.Ordinal)), Is.EqualTo((1, true)), twin.All);
        CliResult stranger = Cli.Run(["join", "stage", tone, "--loop", "--name", "eve", "--to", at, "--key-file", Key(folder, "other.key"), .. Loopback]);
        Assert.That((stranger.ExitCode, stranger.All.Contains("No hub 'stage' answers", StringComparison.Ordinal)), Is.EqualTo((1, true)), stranger.All);
    }

    // The middle one of what was heard since the other was there: a prediction may have been louder, or an outage silent.
    private static double Level(CliResult result)
    {
        double[] levels =
        [
            .. Cli.Lines(result).Where(line => line.GetProperty("event").GetString() == "progress").Select(line => line.GetProperty("peak_db")[0].GetDouble())
                .Where(level => level > -100).Order(),
        ];
        return levels.Length == 0 ? double.NegativeInfinity : levels[levels.Length / 2];
    }

    private static string Key(TemporaryFolder folder, string name)
    {
        string path = folder.PathOf(name);
        Assert.That(Cli.Run("key", "new", path).ExitCode, Is.Zero);
        return path;
    }

    private static string Tone(TemporaryFolder folder, string name, double levelDb)
    {
        string path = folder.PathOf(name);
        float[] both = [.. Tones.Periodic(48_000, 96, Math.Pow(10, levelDb / 20)).SelectMany(sample => new[] { sample, sample })];
        Sounds.Write(path, both, channels: 2);
        return path;
    }
}
