// SPDX-License-Identifier: MIT
using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace AudioMesh.Cli.Reports;

/// <summary>Writes one JSON object as one line of standard output.</summary>
internal static class JsonLine
{
    // Not HTML: names keep their letters.
    private static JsonWriterOptions Options { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(Action<Utf8JsonWriter> fields)
    {
        ArrayBufferWriter<byte> line = new();
        using Utf8JsonWriter json = new(line, Options);
        json.WriteStartObject();
        fields(json);
        json.WriteEndObject();
        json.Flush();
        Console.WriteLine(Encoding.UTF8.GetString(line.WrittenSpan));
    }

    /// <summary>The field <c>error</c>.</summary>
    public static void WriteError(Utf8JsonWriter json, string code, string message, string? field, string? allowed)
    {
        json.WriteStartObject("error");
        json.WriteString("code", code);
        json.WriteString("message", message);
        if (field is not null)
        {
            json.WriteString("field", field);
        }

        if (allowed is not null)
        {
            json.WriteString("allowed", allowed);
        }

        json.WriteEndObject();
    }

    /// <summary>The field <c>device</c>.</summary>
    public static void WriteDevice(Utf8JsonWriter json, DeviceInfo device)
    {
        json.WriteStartObject("device");
        json.WriteString("driver", device.Driver);
        json.WriteString("name", device.Name);
        json.WriteNumber("rate", device.Rate);
        json.WriteNumber("period", device.PeriodFrames);
        json.WriteNumber("buffer", device.BufferFrames);
        json.WriteNumber("channels", device.OutputChannels);
        json.WriteNumber("input_channels", device.InputChannels);
        json.WriteString("format", device.Format);
        json.WriteNumber("latency", device.OutputLatencyFrames);
        json.WriteNumber("input_latency", device.InputLatencyFrames);
        json.WriteBoolean("realtime", device.IsRealtime);
        json.WriteStartArray("ports");
        foreach (string port in device.Ports)
        {
            json.WriteStringValue(port);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>The fields that tell how the engine is.</summary>
    public static void WriteHealth(Utf8JsonWriter json, EngineStats stats, long underruns)
    {
        json.WriteNumber("load_pct", Math.Round(stats.LoadPercent, 2));
        json.WriteNumber("peak_load_pct", Math.Round(stats.PeakLoadPercent, 2));
        json.WriteNumber("xruns", stats.DeviceXruns);
        json.WriteNumber("missed", stats.Missed);
        json.WriteNumber("overruns", stats.Overruns);
        json.WriteNumber("underruns", underruns);
    }
}
