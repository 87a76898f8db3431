// SPDX-License-Identifier: MIT
using System.Text.Json;
using AudioMesh.Graph;

namespace AudioMesh.Control;

internal static class NodeWriter
{
    /// <summary>Writes a node as an object of the open array: its type, parameters and cost.</summary>
    public static void Write(Utf8JsonWriter writer, GraphNode node)
    {
        writer.WriteStartObject();
        writer.WriteNumber("id", node.Id);
        WriteFields(writer, node);
        writer.WriteEndObject();
    }

    /// <summary>Writes all but the id as fields of the open object.</summary>
    public static void WriteFields(Utf8JsonWriter writer, GraphNode node)
    {
        writer.WriteString("type", node.Type.Name);
        writer.WriteStartObject("args");
        foreach (ParameterDescriptor parameter in node.Type.Parameters)
        {
            if (node.Get(parameter.Name) is { } value)
            {
                WriteValue(writer, parameter, value);
            }
        }

        writer.WriteEndObject();
        writer.WriteStartObject("cost_us");
        writer.WriteNumber("avg", Math.Round(node.Cost.AverageNanoseconds / 1e3, 2));
        writer.WriteNumber("max", Math.Round(node.Cost.PeakNanoseconds / 1e3, 2));
        writer.WriteEndObject();
    }

    /// <summary>Writes a node type as an object of the open array.</summary>
    public static void WriteType(Utf8JsonWriter writer, NodeType type)
    {
        writer.WriteStartObject();
        writer.WriteString("type", type.Name);
        writer.WriteString("description", type.Description);
        writer.WriteStartArray("args");
        foreach (ParameterDescriptor parameter in type.Parameters)
        {
            WriteParameter(writer, parameter);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteParameter(Utf8JsonWriter writer, ParameterDescriptor parameter)
    {
        writer.WriteStartObject();
        writer.WriteString("name", parameter.Name);
        writer.WriteString("kind", parameter.Kind.ToString().ToLowerInvariant());
        writer.WriteString("description", parameter.Description);
        if (parameter.Unit.Length > 0)
        {
            writer.WriteString("unit", parameter.Unit);
        }

        if (parameter.Kind is ParameterKind.Number or ParameterKind.Integer && double.IsFinite(parameter.Min))
        {
            writer.WriteNumber("min", parameter.Min);
            writer.WriteNumber("max", parameter.Max);
        }

        if (parameter.Choices.Count > 0)
        {
            writer.WriteStartArray("choices");
            foreach (string choice in parameter.Choices)
            {
                writer.WriteStringValue(choice);
            }

            writer.WriteEndArray();
        }

        if (parameter.Default is { } fallback)
        {
            writer.WritePropertyName("default");
            WriteBare(writer, parameter, fallback);
        }

        writer.WriteBoolean("required", parameter is { Default: null, IsReadOnly: false });
        writer.WriteBoolean("live", parameter.IsLive);
        writer.WriteBoolean("read_only", parameter.IsReadOnly);
        writer.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter writer, ParameterDescriptor parameter, ParameterValue value)
    {
        writer.WritePropertyName(parameter.Name);
        WriteBare(writer, parameter, value);
    }

    private static void WriteBare(Utf8JsonWriter writer, ParameterDescriptor parameter, ParameterValue value)
    {
        switch (parameter.Kind)
        {
            case ParameterKind.Flag:
                writer.WriteBooleanValue(value.Number != 0);
                break;
            case ParameterKind.Text or ParameterKind.Choice:
                writer.WriteStringValue(value.Text);
                break;
            default:
                writer.WriteNumberValue(value.Number);
                break;
        }
    }
}
