// SPDX-License-Identifier: MIT
using System.Buffers;
using System.Text.Json;
using AudioMesh.Clock;

namespace AudioMesh;

/// <summary>Writes requests of the control protocol.</summary>
internal static class RequestWriter
{
    public static byte[] Request(string command, Action<Utf8JsonWriter>? fields)
    {
        ArrayBufferWriter<byte> output = new();
        using Utf8JsonWriter json = new(output);
        json.WriteStartObject();
        json.WriteString("cmd", command);
        fields?.Invoke(json);
        json.WriteEndObject();
        json.Flush();
        return output.WrittenSpan.ToArray();
    }

    public static void Device(Utf8JsonWriter json, DeviceOptions options)
    {
        json.WriteString("driver", options.Driver);
        json.WriteString("name", options.Name);
        json.WriteString("client", options.ClientName);
        json.WriteNumber("rate", options.Rate);
        json.WriteNumber("channels", options.OutputChannels);
        json.WriteNumber("input_channels", options.InputChannels);
        json.WriteNumber("midi_outputs", options.MidiOutputs);
        json.WriteNumber("midi_inputs", options.MidiInputs);
        json.WriteNumber("period", options.PeriodFrames);
        json.WriteNumber("periods", options.Periods);
        json.WriteString("format", options.Format);
        json.WriteBoolean("auto_connect", options.AutoConnect);
        json.WriteBoolean("paced", options.Paced);
        Names(json, "output_ports", options.OutputPorts);
        Names(json, "input_ports", options.InputPorts);
    }

    public static void Node(Utf8JsonWriter json, string type, (string Name, object Value)[] arguments)
    {
        json.WriteString("type", type);
        Arguments(json, arguments);
    }

    public static void Arguments(Utf8JsonWriter json, (string Name, object Value)[] arguments)
    {
        json.WriteStartObject("args");
        foreach ((string name, object value) in arguments)
        {
            switch (value)
            {
                case bool flag:
                    json.WriteBoolean(name, flag);
                    break;
                case string text:
                    json.WriteString(name, text);
                    break;
                case int number:
                    json.WriteNumber(name, number);
                    break;
                default:
                    json.WriteNumber(name, (double)value);
                    break;
            }
        }

        json.WriteEndObject();
    }

    public static void Timing(Utf8JsonWriter json, TimeSpan? ramp, MeshTime? at)
    {
        if (ramp is { } length)
        {
            json.WriteNumber("ramp_ms", length.TotalMilliseconds);
        }

        if (at is { } time)
        {
            json.WriteNumber("at", time.Nanoseconds);
        }
    }

    public static void Connection(Utf8JsonWriter json, int from, int to)
    {
        json.WriteNumber("from", from);
        json.WriteNumber("to", to);
    }

    public static void Ports(Utf8JsonWriter json, string from, string to)
    {
        json.WriteString("from", from);
        json.WriteString("to", to);
    }

    private static void Names(Utf8JsonWriter json, string field, IReadOnlyList<string> names)
    {
        json.WriteStartArray(field);
        foreach (string name in names)
        {
            json.WriteStringValue(name);
        }

        json.WriteEndArray();
    }
}
