// SPDX-License-Identifier: MIT
using System.Text.Json;
using AudioMesh.Backends;

namespace AudioMesh.Control;

internal static class StreamWriter
{
    /// <summary>Writes an open stream as the object <paramref name="field"/>.</summary>
    public static void Write(Utf8JsonWriter writer, string field, StreamInfo stream)
    {
        writer.WriteStartObject(field);
        writer.WriteString("driver", stream.Driver);
        writer.WriteString("name", stream.Device);
        writer.WriteNumber("rate", stream.Rate);
        writer.WriteNumber("period", stream.PeriodFrames);
        writer.WriteNumber("buffer", stream.BufferFrames);
        writer.WriteNumber("channels", stream.OutputChannels);
        writer.WriteNumber("input_channels", stream.InputChannels);
        writer.WriteString("format", NameOf(stream.Format));
        writer.WriteNumber("latency", stream.OutputLatencyFrames);
        writer.WriteNumber("input_latency", stream.InputLatencyFrames);
        writer.WriteBoolean("realtime", stream.IsRealtime);
        WritePorts(writer, "ports", stream.Ports);
        if (stream.MidiPorts.Count > 0)
        {
            WritePorts(writer, "midi_ports", stream.MidiPorts);
        }

        writer.WriteEndObject();
    }

    /// <summary>The format spelled <paramref name="name"/>. Throws InvalidArgument.</summary>
    public static SampleFormat FormatOf(string? name)
    {
        foreach (SampleFormat format in Enum.GetValues<SampleFormat>())
        {
            if (NameOf(format) == (name ?? "any"))
            {
                return format;
            }
        }

        throw new AudioMeshException(AudioErrorKind.InvalidArgument, $"There is no sample format '{name}'.")
        {
            Field = "format",
            Allowed = "any, s16, s24, s24_32, s32, f32",
        };
    }

    private static void WritePorts(Utf8JsonWriter writer, string field, IReadOnlyList<string> ports)
    {
        writer.WriteStartArray(field);
        for (int i = 0; i < ports.Count; i++)
        {
            writer.WriteStringValue(ports[i]);
        }

        writer.WriteEndArray();
    }

    private static string NameOf(SampleFormat format) => format switch
    {
        SampleFormat.Int16 => "s16",
        SampleFormat.Int24 => "s24",
        SampleFormat.Int24In32 => "s24_32",
        SampleFormat.Int32 => "s32",
        SampleFormat.Float32 => "f32",
        _ => "any",
    };
}
