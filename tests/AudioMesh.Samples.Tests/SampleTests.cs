// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text.RegularExpressions;
using AudioMesh.Files;
using AudioMesh.Testing;

namespace AudioMesh.Samples.Tests;

internal sealed class SampleTests
{
    private static readonly Dictionary<string, string> None = [];

    [Test]
    public void Tone_plays() => Assert.That(Number(Sample.RunBuilt("Tone", None, "null"), @"(\d+) frames played"), Is.GreaterThan(48_000));

    [Test]
    public void A_file_is_played_to_its_end() => Assert.That(
        Sample.RunBuilt("PlayFile", None, "null"), Does.Contain("7.0 s at 48000 Hz, on null at 48000 Hz").And.Contain("ended"));

    [Test]
    public void The_allocating_app_collects_and_the_engine_plays_on()
    {
        string output = Sample.RunBuilt("AllocatingApp", None, "null", "3");
        Assert.That(Number(output, @"the app: (\d+) collections"), Is.GreaterThan(3));
        Assert.That(Number(output, @"the engine: (\d+) periods"), Is.GreaterThan(500));
        Assert.That(output, Does.Match(@"underruns: \d+, \d+ of them by garbage collection"));
    }

    [Test]
    public void A_recording_from_JACK_is_a_wav_file_of_both_channels()
    {
        using JackServer server = new();
        using TemporaryFolder folder = new();
        string file = folder.PathOf("take.wav");
        string output = Sample.RunBuilt("RecordFromJack", server.Environment, "jack", file, "2");
        Assert.That(output, Does.Contain("recorded at 44100 Hz from jack"));
        using IAudioFileReader reader = AudioFile.OpenRead(file);
        Assert.That((reader.Info.Rate, reader.Info.Channels), Is.EqualTo((44100, 2)));
        Assert.That(reader.Info.Frames, Is.GreaterThan(44100));
    }

    [Test]
    public void Lost_packets_are_predicted()
    {
        using TemporaryFolder folder = new();
        string file = folder.PathOf("concealed.wav");
        string output = Sample.RunBuilt("LostPackets", None, Repository.PathOf("samples", "audio", "piano_prelude.wav"), file);
        Assert.That(Number(output, @"(\d+) of \d+ frames predicted"), Is.InRange(20_000, 50_000));
        using IAudioFileReader reader = AudioFile.OpenRead(file);
        Assert.That(reader.Info.Frames, Is.GreaterThan(330_000));
    }

    [Test]
    public void A_tone_is_sent_and_received() =>
        Assert.That(Number(Sample.RunBuilt("SendAndReceive", None, "null"), @"playing: (\d+) packets"), Is.GreaterThan(500));

    [Test]
    public void An_app_moves_two_transports_and_hears_what_happens()
    {
        string output = Sample.RunBuilt("MeshApp", None, "null");
        Assert.That(output, Does.Contain("anna hears: db goes to -12 dB").And.Contain("ben hears: db goes to -12 dB"));
        Assert.That(output, Does.Contain("ben hears: recorder deck 1 of anna is Degraded disk 95 % full"));
        Assert.That(output, Does.Contain("anna hears: Outcome LocateStart").And.Contain("ben hears: Outcome Stop"));
        Assert.That(output, Does.Contain("LocateStart: Done").And.Contain("Stop: Done"));
        Assert.That(output, Does.Match(@"anna stands at frame (\d+), ben at \1\."));
    }

    [Test]
    public void The_engine_is_driven_from_C()
    {
        string library = Sample.Library();
        using TemporaryFolder folder = new();
        string program = folder.PathOf("tone");
        Sample.Run(
            "cc", None, "-std=c11", "-O2", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-I", "native/include", "samples/CAbi/main.c", "-o", program,
            library, $"-Wl,-rpath,{Path.GetDirectoryName(library)}", "-lm");
        string output = Sample.Run(program, None, "null");
        Assert.That(output, Does.Contain("\"value\":\"running\"").And.Contain("\"value\":\"ended\""));
        Assert.That(Number(output, @"(\d+) periods of 128 frames"), Is.GreaterThan(700));
    }

    [Test]
    public void The_engine_is_driven_from_Python() => Assert.That(
        Number(Sample.Run("python3", None, "samples/PythonCtypes/tone.py", "null", Sample.Library()), @"(\d+) frames"),
        Is.GreaterThan(80_000));

    [Test]
    public void JDAT_is_written_and_read_from_Python()
    {
        string cli = Path.GetRelativePath(Repository.PathOf("tests", "AudioMesh.Samples.Tests"), AppContext.BaseDirectory);
        string output = Sample.Run(
            "python3", None, "samples/JdatPython/duplex.py", "null", "dotnet", Repository.PathOf("src", "AudioMesh.Cli", cli, "AudioMesh.Cli.dll"));
        Assert.That(Number(output, @"(\d+) frames written"), Is.EqualTo(48_000));
        Assert.That(Number(output, @"(\d+) frames heard"), Is.GreaterThan(24_000));
    }

    private static long Number(string output, string pattern)
    {
        Match match = Regex.Match(output, pattern);
        Assert.That(match.Success, $"{pattern} is not in:\n{output}");
        return long.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);
    }
}
