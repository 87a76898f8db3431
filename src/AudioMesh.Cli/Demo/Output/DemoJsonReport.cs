// SPDX-License-Identifier: MIT
using System.Text.Json;
using AudioMesh.Backends;
using AudioMesh.Cli.Demo.Judging;
using AudioMesh.Cli.Demo.Live;
using AudioMesh.Cli.Eval.Results;
using AudioMesh.Cli.Reports;

namespace AudioMesh.Cli.Demo.Output;

/// <summary>JSON objects, one a line, each with its <c>event</c>.</summary>
internal sealed class DemoJsonReport : IDemoReport
{
    public TimeSpan Interval { get; } = TimeSpan.FromSeconds(1);

    public void Note(string name, string text) => JsonLine.Write(json =>
    {
        json.WriteString("event", "note");
        json.WriteString("name", name);
        json.WriteString("text", text);
    });

    public void Begin(DemoPlan plan, StreamInfo device, int rate) => JsonLine.Write(json =>
    {
        json.WriteString("event", "started");
        json.WriteString("action", "demo");
        json.WriteString("file", plan.Name);
        json.WriteNumber("length_s", Math.Round(plan.Seconds, 6));
        json.WriteString("preset", plan.Preset);
        json.WriteNumber("seed", plan.Seed);
        json.WriteString("driver", device.Driver);
        json.WriteString("device", device.Device);
        json.WriteNumber("rate", rate);
        json.WriteNumber("period", device.PeriodFrames);
    });

    public void Progress(DemoProgress progress) => JsonLine.Write(json =>
    {
        json.WriteString("event", "progress");
        json.WriteNumber("position_s", Math.Round(progress.Seconds, 3));
        WriteNode(json, "a", progress.A);
        WriteNode(json, "b", progress.B);
    });

    public Task AroundAsync(Func<Task> body) => body();

    public void End(DemoResult result, string? page) => JsonLine.Write(json =>
    {
        json.WriteString("event", "finished");
        json.WriteBoolean("ok", true);
        json.WriteString("action", "demo");
        json.WriteString("end", result.Record.IsInterrupted ? "interrupted" : "time_over");
        json.WriteNumber("packets", result.There.Lost.Count);
        json.WriteNumber("packet_frames", result.There.PacketFrames);
        json.WriteNumber("lost", result.There.Lost.Count(lost => lost));
        json.WriteNumber("late", result.Late.Count(late => late));
        json.WriteString("losses", $"{result.There.Hash:x16}");
        json.WriteNumber("back_packets", result.Back.Lost.Count);
        json.WriteNumber("back_lost", result.Back.Lost.Count(lost => lost));
        json.WriteNumber("dropped", result.Record.Dropped);
        WriteNode(json, "a", result.Record.End.A);
        WriteNode(json, "b", result.Record.End.B);
        foreach (MethodFigures method in result.Figures)
        {
            json.WriteStartObject(method.Method == "pnbtr" ? "predicted" : "plain");
            foreach ((StreamFigure figure, double? value) in StreamFigure.All.Zip(method.Values))
            {
                WriteNumber(json, figure.Key, value);
            }

            json.WriteEndObject();
        }

        WriteHop(json, "latency_ms", result.TimesThere.All);
        WriteHop(json, "round_trip_ms", result.RoundTrip);
        WriteHops(json, "ledger_there_ms", result.TimesThere.Hops("A", "B"));
        WriteHops(json, "ledger_back_ms", result.TimesBack.Hops("B", "A"));
        if (page is not null)
        {
            json.WriteString("report", page);
        }
    });

    private static void WriteNode(Utf8JsonWriter json, string name, NodeFigures node)
    {
        json.WriteStartObject(name);
        json.WriteString("state", node.Heard.State.ToString().ToLowerInvariant());
        WriteNumber(json, "depth_ms", node.DepthMs);
        WriteNumber(json, "jitter_ms", node.JitterMs);
        WriteNumber(json, "drift_ppm", node.Heard.DriftPpm);
        json.WriteNumber("packets", node.Heard.Packets);
        json.WriteNumber("lost_packets", node.Heard.LostPackets);
        json.WriteNumber("late_packets", node.Heard.LatePackets);
        json.WriteNumber("played_frames", node.Heard.PlayedFrames);
        json.WriteNumber("missing_frames", node.Heard.MissingFrames);
        json.WriteNumber("predicted_frames", node.Heard.PredictedFrames);
        json.WriteEndObject();
    }

    private static void WriteHops(Utf8JsonWriter json, string name, IReadOnlyList<Hop> hops)
    {
        json.WriteStartObject(name);
        foreach (Hop hop in hops)
        {
            WriteHop(json, hop.Name, hop);
        }

        json.WriteEndObject();
    }

    private static void WriteHop(Utf8JsonWriter json, string name, Hop hop)
    {
        json.WriteStartObject(name);
        WriteNumber(json, "p50", hop.P50);
        WriteNumber(json, "p99", hop.P99);
        WriteNumber(json, "max", hop.Most);
        json.WriteEndObject();
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number && double.IsFinite(number))
        {
            json.WriteNumber(name, Math.Round(number, 4));
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
