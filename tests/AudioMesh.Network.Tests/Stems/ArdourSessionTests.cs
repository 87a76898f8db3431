// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Globalization;
using System.Xml.Linq;
using AudioMesh.Files;
using AudioMesh.Network.Stems;
using AudioMesh.Testing;

namespace AudioMesh.Network.Tests.Stems;

/// <summary>The session for Ardour, by what Ardour 7.3 writes itself, and by Ardour where that is installed.</summary>
public sealed class ArdourSessionTests
{
    private const long Second = 1_000_000_000;
    private const long SuperclocksPerSecond = 282_240_000;

    // Ardour's exporter sometimes ends by a signal, whatever the session.
    private const int Tries = 4;

    // The elements that sessions have which Ardour 7.3 has saved, with their attributes.
    private static readonly Dictionary<string, string> Known = new()
    {
        ["Session"] = "event-counter id-counter name name-counter sample-rate session-range-is-free vca-counter version",
        ["ProgramVersion"] = "created-with modified-with",
        ["Config"] = "",
        ["Option"] = "name value",
        ["Sources"] = "",
        ["Source"] = "channel flags gain id name origin take-id type",
        ["Regions"] = "",
        ["Region"] = "automatic channels default-fade-in default-fade-out external fade-in-active fade-out-active first-edit id import length locked master-source-0 master-source-1 muted name opaque scale-amplitude source-0 source-1 start sync-marked type whole-file",
        ["Locations"] = "",
        ["Location"] = "cue end flags id locked name start timestamp",
        ["Bundles"] = "",
        ["Routes"] = "",
        ["Route"] = "active audio-playlist default-type denormal-protection id meter-point meter-type mode name strict-io version",
        ["PresentationInfo"] = "color flags order",
        ["IO"] = "default-type direction id name",
        ["Port"] = "direction name type",
        ["Connection"] = "other",
        ["Processor"] = "active id name output own-input own-output record-safe role type use-user-latency user-latency",
        ["Controllable"] = "flags id name value",
        ["PannerShell"] = "bypassed linked-to-route user-panner",
        ["Playlists"] = "",
        ["Playlist"] = "combine-ops frozen id name orig-track-id pgroup-id shared-with-ids type",
        ["UnusedPlaylists"] = "",
        ["RouteGroups"] = "",
        ["TempoMap"] = "superclocks-per-second",
        ["Tempos"] = "",
        ["Tempo"] = "active bbt continuing enpm locked-to-meter note-type npm omega quarters sclock type",
        ["Meters"] = "",
        ["Meter"] = "bbt divisions-per-bar note-value quarters sclock",
        ["MusicTimes"] = "",
    };

    [Test]
    public void Every_stem_has_sources_a_track_and_a_region_of_its_length()
    {
        using TemporaryFolder folder = new();
        CollectResult result = Collect(folder, 44100, "song \"'<>&\u0001");
        XElement session = XDocument.Load(result.ArdourPath).Root!;
        foreach (XElement element in session.DescendantsAndSelf())
        {
            Assert.That(Known, Does.ContainKey(element.Name.LocalName));
            Assert.That(element.Attributes().Select(attribute => attribute.Name.LocalName), Is.SubsetOf(Known[element.Name.LocalName].Split(' ')), element.Name.LocalName);
        }

        string[] ids = [.. session.Descendants().Select(element => (string?)element.Attribute("id")).OfType<string>()];
        Assert.That(ids, Is.Unique);
        Assert.That(ids.Select(int.Parse), Is.All.LessThan((int)session.Attribute("id-counter")!));
        Assert.That((int)session.Attribute("sample-rate")!, Is.EqualTo(44100));
        XElement[] tracks = [.. session.Element("Routes")!.Elements("Route").Where(route => ((string)route.Element("PresentationInfo")!.Attribute("flags")!).Contains("AudioTrack", StringComparison.Ordinal))];
        Assert.That(tracks, Has.Length.EqualTo(result.Stems.Count));
        for (int i = 0; i < tracks.Length; i++)
        {
            XElement playlist = session.Element("Playlists")!.Elements("Playlist").Single(list => (string)list.Attribute("id")! == (string)tracks[i].Attribute("audio-playlist")!);
            Assert.That((string)playlist.Attribute("orig-track-id")!, Is.EqualTo((string)tracks[i].Attribute("id")!));
            XElement region = playlist.Elements("Region").Single();
            long length = long.Parse(((string)region.Attribute("length")!)[1..].Split('@')[0], CultureInfo.InvariantCulture);
            Assert.That(length, Is.EqualTo(result.Frames * SuperclocksPerSecond / 44100));
            Assert.That(((string)region.Attribute("length")!).Split('@')[1], Is.EqualTo("a0"), "it begins with the session");
            for (int channel = 0; channel < result.Stems[i].Channels; channel++)
            {
                XElement source = session.Element("Sources")!.Elements("Source").Single(source => (string)source.Attribute("id")! == (string)region.Attribute($"source-{channel}")!);
                Assert.That((int)source.Attribute("channel")!, Is.EqualTo(channel));
                Assert.That(Path.Combine(folder.PathOf("out"), "interchange", "stems", "audiofiles", (string)source.Attribute("name")!), Is.EqualTo(result.Stems[i].Path));
            }
        }
    }

    [Test]
    public void Ardour_loads_it_and_plays_the_stems_in_their_places()
    {
        string? exporter = Environment.GetEnvironmentVariable("PATH")!.Split(':').Where(Directory.Exists).SelectMany(place => Directory.GetFiles(place, "ardour?-export")).FirstOrDefault();
        Assume.That(exporter, Is.Not.Null, "Ardour is not installed.");
        using TemporaryFolder folder = new();
        CollectResult result = Collect(folder, 48000, "song <&>");
        string exported = folder.PathOf("mix.wav");
        ProcessStartInfo start = new(exporter!, ["-o", exported, folder.PathOf("out"), "stems"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["HOME"] = folder.FullPath;
        string output = "";
        bool isDone = false;
        for (int i = 0; i < Tries && !isDone; i++)
        {
            using Process process = Process.Start(start)!;
            output = process.StandardOutput.ReadToEnd() + process.StandardError.ReadToEnd();
            isDone = process.WaitForExit(60_000) && process.ExitCode == 0;
            Assert.That(isDone || process.ExitCode > 128, output);
        }

        Assert.That(isDone, output);
        using IAudioFileReader reader = AudioFile.OpenRead(exported);
        float[] mix = new float[reader.Info.Frames * reader.Info.Channels];
        reader.Read(mix);
        Assert.That(reader.Info.Frames, Is.EqualTo(result.Frames));
        Assert.That(mix.Max(), Is.EqualTo(2 * 0.5 * Math.Sqrt(0.5)).Within(0.02), "both pulses at one moment, each panned to the middle");
        Assert.That(Array.IndexOf(mix, mix.Max()) / reader.Info.Channels, Is.EqualTo((10 * Second - result.Start.Nanoseconds) * 48e-6).Within(1));
    }

    private static CollectResult Collect(TemporaryFolder folder, int rate, string name)
    {
        foreach (string host in (string[])["anna", "ben"])
        {
            using StemHost recording = new(host, 50, 0, 0, 9 * Second, rate);
            recording.Pulses.Add(10 * Second);
            recording.Recorder.Arm(new TakePlan { Path = folder.PathOf($"{host}.wav"), Name = name });
            recording.RunUntil(12 * Second);
        }

        return StemCollector.Collect([folder.FullPath], new CollectOptions { OutputFolder = folder.PathOf("out") });
    }
}
