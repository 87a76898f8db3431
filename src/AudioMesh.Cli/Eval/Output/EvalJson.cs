// SPDX-License-Identifier: MIT
using System.Text.Json;
using AudioMesh.Cli.Eval.Results;
using AudioMesh.Cli.Reports;

namespace AudioMesh.Cli.Eval.Output;

/// <summary>Everything that was measured, as one JSON object.</summary>
internal static class EvalJson
{
    private const int Digits = 4;

    public static void Write(EvalResult result) => JsonLine.Write(json =>
    {
        json.WriteBoolean("ok", true);
        json.WriteString("corpus", result.Plan.Corpus);
        json.WriteNumber("seed", result.Plan.Seed);
        WriteArray(json, "methods", result.Methods, summary => WriteSummary(json, summary, result.Plan.PacketFrames));
        WriteArray(json, "clips", result.Clips, clip =>
        {
            json.WriteString("clip", clip.Name);
            json.WriteNumber("rate", clip.Rate);
            json.WriteNumber("frames", clip.Samples.Length);
        });
        WriteArray(json, "skipped", result.Skipped, clip =>
        {
            json.WriteString("clip", clip.Name);
            json.WriteString("reason", clip.Reason);
        });
        if (result.Isolated is { } isolated)
        {
            WriteIsolated(json, isolated);
        }

        WriteArray(json, "streams", result.Streams, stream => WriteStream(json, stream));
    });

    private static void WriteSummary(Utf8JsonWriter json, MethodSummary summary, int packetFrames)
    {
        json.WriteString("method", summary.Method.Name);
        json.WriteString("description", summary.Method.Description);
        json.WriteBoolean("looks_ahead", summary.Method.LooksAhead);
        json.WriteString("output_hash", Hash(summary.OutputHash));
        json.WriteNumber("not_finite", summary.NotFinite);
        WriteCost(json, "fill", summary.Fill, packetFrames);
        WriteCost(json, "receive", summary.Receive, packetFrames);
        WriteCost(json, "work", summary.Work, packetFrames);
    }

    private static void WriteCost(Utf8JsonWriter json, string name, CallCost cost, int packetFrames)
    {
        json.WriteStartObject(name);
        json.WriteNumber("frames", packetFrames);
        json.WriteNumber("calls", cost.Calls);
        json.WriteNumber("p50_ns", cost.P50Ns);
        json.WriteNumber("p99_ns", cost.P99Ns);
        json.WriteEndObject();
    }

    private static void WriteIsolated(Utf8JsonWriter json, IsolatedResult isolated)
    {
        json.WriteStartObject("isolated");
        json.WriteNumber("packet", isolated.PacketFrames);
        WriteNumbers(json, "lengths", isolated.Lengths.Select(length => (double?)length));
        WriteArray(json, "methods", isolated.Overall.Index(), method =>
        {
            WriteGaps(json, method.Item);
            WriteNumbers(json, "worst_clip_db", isolated.Lengths.Select((_, length) => isolated.WorstClipDb(method.Index, length)));
        });
        WriteArray(json, "clips", isolated.Clips, clip =>
        {
            json.WriteString("clip", clip.Clip);
            WriteNumbers(json, "starts", clip.Starts.Select(start => (double?)start));
            WriteArray(json, "methods", clip.Methods, method => WriteGaps(json, method));
        });
        json.WriteEndObject();
    }

    private static void WriteGaps(Utf8JsonWriter json, MethodGaps method)
    {
        json.WriteString("method", method.Method);
        WriteNumbers(json, "gaps", method.ByLength.Select(figures => (double?)(figures?.Gaps ?? 0)));
        WriteNumbers(json, "mean_db", method.ByLength.Select(figures => figures?.MeanDb));
        WriteNumbers(json, "median_db", method.ByLength.Select(figures => figures?.MedianDb));
        WriteNumbers(json, "p90_db", method.ByLength.Select(figures => figures?.P90Db));
    }

    private static void WriteStream(Utf8JsonWriter json, StreamResult stream)
    {
        json.WriteString("stream", stream.Scenario.Name);
        json.WriteString("losses", stream.Scenario.Description);
        json.WriteNumber("packet", stream.Scenario.PacketFrames);
        json.WriteNumber("lost_pct", Math.Round(100 * stream.LostShare, Digits));
        json.WriteString("trace_hash", Hash(stream.TraceHash));
        WriteArray(json, "methods", stream.Overall, method => WriteFigures(json, method));
        WriteArray(json, "clips", stream.Clips, clip =>
        {
            json.WriteString("clip", clip.Clip);
            json.WriteNumber("packets", clip.Packets);
            json.WriteNumber("lost_packets", clip.LostPackets);
            json.WriteNumber("gaps", clip.Gaps);
            json.WriteString("trace_hash", Hash(clip.TraceHash));
            WriteArray(json, "methods", clip.Methods, method => WriteFigures(json, method));
        });
    }

    private static void WriteFigures(Utf8JsonWriter json, MethodFigures method)
    {
        json.WriteString("method", method.Method);
        foreach ((StreamFigure figure, double? value) in StreamFigure.All.Zip(method.Values))
        {
            json.WritePropertyName(figure.Key);
            WriteNumber(json, value);
        }
    }

    private static void WriteArray<T>(Utf8JsonWriter json, string name, IEnumerable<T> items, Action<T> writeFields)
    {
        json.WriteStartArray(name);
        foreach (T item in items)
        {
            json.WriteStartObject();
            writeFields(item);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, IEnumerable<double?> values)
    {
        json.WriteStartArray(name);
        foreach (double? value in values)
        {
            WriteNumber(json, value);
        }

        json.WriteEndArray();
    }

    private static void WriteNumber(Utf8JsonWriter json, double? value)
    {
        if (value is { } known)
        {
            json.WriteNumberValue(Math.Round(known, Digits));
        }
        else
        {
            json.WriteNullValue();
        }
    }

    private static string Hash(ulong hash) => hash.ToString("x16");
}
