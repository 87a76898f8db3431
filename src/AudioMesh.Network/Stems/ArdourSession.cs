// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text;
using System.Xml;

namespace AudioMesh.Network.Stems;

/// <summary>
/// A session of Ardour 7 and newer: XML with a source for each channel of each stem, a track with one region at the session's beginning, and the master bus. What is left out Ardour fills in.
/// Ardour looks for sound in the folder <see cref="SoundFolder"/> beside the session, by name, so that the whole may be moved.
/// </summary>
internal sealed class ArdourSession
{
    public const string Name = "stems";

    private const string Version = "7002";
    private const int SuperclocksPerSecond = 282_240_000;
    private const string Master = "Master";

    private readonly CollectResult _result;
    private readonly XmlWriter _xml;
    private readonly ArdourStem[] _stems;
    private int _lastId;

    private ArdourSession(CollectResult result, XmlWriter xml)
    {
        (_result, _xml) = (result, xml);
        _stems = [.. result.Stems.Select(stem => new ArdourStem(stem, [.. Enumerable.Range(0, stem.Channels).Select(_ => NextId())], NextId(), NextId()))];
    }

    /// <summary>Where it has its sound, below the session's folder.</summary>
    public static string SoundFolder { get; } = Path.Combine("interchange", Name, "audiofiles");

    public static string Of(CollectResult result)
    {
        StringBuilder text = new();
        using (XmlWriter xml = XmlWriter.Create(text, new XmlWriterSettings { Indent = true, NewLineChars = "\n", OmitXmlDeclaration = true }))
        {
            new ArdourSession(result, xml).Write();
        }

        return $"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{text}\n";
    }

    private string Length => string.Create(CultureInfo.InvariantCulture, $"a{((Int128)_result.Frames * SuperclocksPerSecond + (_result.Rate / 2)) / _result.Rate}");

    private void Write()
    {
        Element("Session", () =>
        {
            Element("ProgramVersion", ("created-with", "AudioMesh"), ("modified-with", "AudioMesh"));
            Element("Config", () => Element("Option", ("name", "native-file-data-format"), ("value", "FormatFloat")));
            Element("Sources", () => Array.ForEach(_stems, WriteSources));
            Element("Regions", () => Array.ForEach(_stems, stem => WriteRegion(stem, isWhole: true)));
            Element("Locations", () => Element("Location", ("id", NextId()), ("name", "session"), ("start", "a0"), ("end", Length), ("flags", "IsSessionRange")));
            Element("Bundles");
            Element("Routes", () =>
            {
                WriteMaster();
                for (int i = 0; i < _stems.Length; i++)
                {
                    WriteTrack(_stems[i], i + 1);
                }
            });
            Element("Playlists", () => Array.ForEach(_stems, WritePlaylist));
            Element("UnusedPlaylists");
            Element("RouteGroups");
            WriteTempo();
        }, ("version", Version), ("name", Name), ("sample-rate", _result.Rate), ("id-counter", 1_000_000), ("name-counter", 1), ("event-counter", 0));
    }

    private void WriteSources(ArdourStem stem)
    {
        for (int channel = 0; channel < stem.SourceIds.Length; channel++)
        {
            Element("Source", ("name", stem.FileName), ("id", stem.SourceIds[channel]), ("type", "audio"), ("flags", ""), ("origin", ""), ("gain", 1), ("channel", channel));
        }
    }

    private void WriteRegion(ArdourStem stem, bool isWhole)
    {
        int whole = isWhole ? 1 : 0;
        IEnumerable<(string, object)> sources = stem.SourceIds.SelectMany((id, channel) => ((string, object)[])[($"source-{channel}", id), ($"master-source-{channel}", id)]);
        Element("Region", [
            ("name", stem.Title), ("id", NextId()), ("type", "audio"), ("first-edit", "nothing"), ("muted", 0), ("opaque", 1), ("locked", 0), ("automatic", whole), ("whole-file", whole), ("import", 0),
            ("external", 1), ("sync-marked", 0), ("start", "a0"), ("length", $"{Length}@a0"), ("channels", stem.SourceIds.Length), .. sources,
            ("scale-amplitude", 1), ("default-fade-in", 1), ("default-fade-out", 1), ("fade-in-active", 0), ("fade-out-active", 0)]);
    }

    private void WritePlaylist(ArdourStem stem) => Element(
        "Playlist", () => WriteRegion(stem, isWhole: false),
        ("id", stem.PlaylistId), ("name", stem.TrackName), ("type", "audio"), ("orig-track-id", stem.TrackId), ("frozen", 0), ("combine-ops", 0));

    private void WriteMaster() => Element("Route", () =>
    {
        Element("PresentationInfo", ("order", 0), ("flags", "MasterOut,OrderSet"), ("color", 0));
        WritePorts(Master, "Input", 2, null);
        WritePorts(Master, "Output", 2, "system:playback_");
        WriteProcessors(Master);
    }, ("version", Version), ("id", NextId()), ("name", Master), ("default-type", "audio"), ("strict-io", 1), ("active", 1));

    private void WriteTrack(ArdourStem stem, int order) => Element("Route", () =>
    {
        Element("PresentationInfo", ("order", order), ("flags", "AudioTrack,OrderSet"), ("color", 0));
        WritePorts(stem.TrackName, "Input", stem.SourceIds.Length, null);
        WritePorts(stem.TrackName, "Output", 2, $"{Master}/audio_in ");
        Element("Processor", ("id", NextId()), ("name", $"recorder:{stem.TrackName}"), ("active", 1), ("type", "diskwriter"), ("record-safe", 0));
        Element("Processor", ("id", NextId()), ("name", $"player:{stem.TrackName}"), ("active", 1), ("type", "diskreader"));
        WriteProcessors(stem.TrackName);
    }, ("version", Version), ("id", stem.TrackId), ("name", stem.TrackName), ("default-type", "audio"), ("strict-io", 0), ("active", 1), ("audio-playlist", stem.PlaylistId), ("mode", "Normal"));

    private void WritePorts(string route, string direction, int count, string? other) => Element("IO", () =>
    {
        for (int i = 1; i <= count; i++)
        {
            string port = $"{route}/audio_{(direction == "Input" ? "in" : "out")} {i}";
            Element("Port", () => Connect(other is null ? null : $"{other}{i}"), ("type", "audio"), ("name", port));
        }
    }, ("name", route), ("id", NextId()), ("direction", direction), ("default-type", "audio"));

    private void Connect(string? other)
    {
        if (other is not null)
        {
            Element("Connection", ("other", other));
        }
    }

    private void WriteProcessors(string route)
    {
        Element(
            "Processor", () => Element("Controllable", ("name", "gaincontrol"), ("id", NextId()), ("flags", "GainLike"), ("value", 1)),
            ("id", NextId()), ("name", "Amp"), ("active", 1), ("type", "amp"));
        Element("Processor", ("id", NextId()), ("name", $"meter-{route}"), ("active", 1), ("type", "meter"));
        Element(
            "Processor", () => Element("PannerShell", ("bypassed", 0), ("user-panner", ""), ("linked-to-route", 1)),
            ("id", NextId()), ("name", route), ("active", 1), ("own-input", 1), ("own-output", 0), ("output", route), ("type", "main-outs"), ("role", "Main"));
    }

    private void WriteTempo() => Element("TempoMap", () =>
    {
        Element("Tempos", () => Element(
            "Tempo", ("npm", 120), ("enpm", 120), ("note-type", 4), ("type", "Tempo::Constant"), ("active", 1), ("locked-to-meter", 0), ("continuing", 0), ("sclock", 0), ("quarters", "0:0"), ("bbt", "1|1|0"), ("omega", 0)));
        Element("Meters", () => Element("Meter", ("note-value", 4), ("divisions-per-bar", 4), ("sclock", 0), ("quarters", "0:0"), ("bbt", "1|1|0")));
        Element("MusicTimes");
    }, ("superclocks-per-second", SuperclocksPerSecond));

    private int NextId() => ++_lastId;

    private void Element(string name, params ReadOnlySpan<(string Name, object Value)> attributes) => Element(name, static () => { }, attributes);

    private void Element(string name, Action content, params ReadOnlySpan<(string Name, object Value)> attributes)
    {
        _xml.WriteStartElement(name);
        foreach ((string attribute, object value) in attributes)
        {
            _xml.WriteAttributeString(attribute, Convert.ToString(value, CultureInfo.InvariantCulture));
        }

        content();
        _xml.WriteEndElement();
    }
}
