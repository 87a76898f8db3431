// SPDX-License-Identifier: MIT
using System.Text.Json;
using AudioMesh.Cli.Runs;

namespace AudioMesh.Cli.Reports;

/// <summary>JSON, one object a line, each with its <c>event</c>.</summary>
internal sealed class JsonReport : IReport
{
    private const double SilenceDb = -200;

    public TimeSpan Interval { get; } = TimeSpan.FromSeconds(1);

    public void Note(string name, string text) => JsonLine.Write(json =>
    {
        json.WriteString("event", "note");
        json.WriteString("name", name);
        json.WriteString("text", text);
    });

    public void Xrun(XrunEvent xrun) => JsonLine.Write(json =>
    {
        json.WriteString("event", "xrun");
        json.WriteString("type", xrun.Type);
        json.WriteString("cause", xrun.Cause);
        json.WriteNumber("frames", xrun.Frames);
        json.WriteNumber("predicted", xrun.PredictedFrames);
        json.WriteNumber("usec", xrun.Microseconds);
    });

    public void Begin(RunStart start) => JsonLine.Write(json =>
    {
        json.WriteString("event", "started");
        json.WriteString("action", start.Action);
        WritePath(json, start.Path);
        if (start.LengthSeconds is { } length)
        {
            json.WriteNumber("length_s", Math.Round(length, 6));
        }

        json.WriteString("engine", start.Hosting == EngineHosting.Isolated ? "isolated" : "managed");
        JsonLine.WriteDevice(json, start.Device);
    });

    public void Progress(RunProgress progress) => JsonLine.Write(json =>
    {
        json.WriteString("event", "progress");
        json.WriteNumber("position_s", Math.Round(progress.PositionSeconds, 3));
        WriteLevels(json, "peak_db", progress.PeakDb);
        WriteLevels(json, "rms_db", progress.RmsDb);
        WriteCounts(json, progress.Counts);
        WriteHops(json, progress.Hops);
        JsonLine.WriteHealth(json, progress.Stats, progress.Underruns);
    });

    public Task AroundAsync(Func<Task> body) => body();

    public void End(RunSummary summary) => JsonLine.Write(json =>
    {
        json.WriteString("event", "finished");
        json.WriteBoolean("ok", true);
        json.WriteString("action", summary.Action);
        WritePath(json, summary.Path);
        json.WriteString("end", summary.End switch
        {
            RunEnd.Ended => "ended",
            RunEnd.TimeOver => "time_over",
            _ => "interrupted",
        });
        json.WriteNumber("frames", summary.Frames);
        json.WriteNumber("rate", summary.Stats.Rate);
        json.WriteNumber("lost_frames", summary.LostFrames);
        WriteCounts(json, summary.Counts);
        WriteHops(json, summary.Hops);
        JsonLine.WriteHealth(json, summary.Stats, summary.Underruns);
    });

    private static void WritePath(Utf8JsonWriter json, string? path)
    {
        if (path is not null)
        {
            json.WriteString("file", path);
        }
    }

    private static void WriteCounts(Utf8JsonWriter json, IReadOnlyList<RunCount> counts)
    {
        foreach (RunCount count in counts)
        {
            json.WriteNumber(count.Field, Math.Round(count.Value, 4));
        }
    }

    private static void WriteHops(Utf8JsonWriter json, IReadOnlyList<RunHop> hops)
    {
        if (hops.Count == 0)
        {
            return;
        }

        json.WriteStartArray("latency");
        foreach (RunHop hop in hops)
        {
            json.WriteStartObject();
            json.WriteString("hop", hop.Name);
            json.WriteNumber("ms", Math.Round(hop.Ms, 3));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteLevels(Utf8JsonWriter json, string field, IReadOnlyList<double> levels)
    {
        json.WriteStartArray(field);
        foreach (double level in levels)
        {
            json.WriteNumberValue(double.IsFinite(level) ? Math.Max(level, SilenceDb) : SilenceDb);
        }

        json.WriteEndArray();
    }
}
