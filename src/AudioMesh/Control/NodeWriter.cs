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
        writer.WriteString("name", node.Name);
        WriteArguments(writer, node);
        writer.WriteNumber("owner", node.Owner?.Client ?? 0);
        writer.WriteBoolean("public", node.Owner is not { IsPublic: false });
        writer.WriteStartObject("cost_us");
        writer.WriteNumber("avg", Math.Round(node.Cost.AverageNanoseconds / 1e3, 2));
        writer.WriteNumber("max", Math.Round(node.Cost.PeakNanoseconds / 1e3, 2));
        writer.WriteEndObject();
        if (node.WaitingMoves is > 0 and int waiting)
        {
            writer.WriteNumber("waiting", waiting);
        }

        if (node.IsBypassed)
        {
            writer.WriteBoolean("bypassed", true);
        }
    }

    /// <summary>Writes as <c>args</c> what the node was made with and set to.</summary>
    public static void WriteSettings(Utf8JsonWriter writer, GraphNode node)
    {
        writer.WriteStartObject("args");
        foreach (ParameterDescriptor parameter in node.Type.Parameters)
        {
            if (parameter is { IsReadOnly: false, MovesByItself: false } && Setting(node, parameter) is { } value)
            {
                WriteValue(writer, parameter, value);
            }
        }

        writer.WriteEndObject();
    }

    /// <summary>What a parameter was given or set to.</summary>
    public static ParameterValue? Setting(GraphNode node, ParameterDescriptor parameter) =>
        parameter.IsLive ? node.Get(parameter.Name) : node.Arguments?[parameter.Name] ?? node.Get(parameter.Name);

    /// <summary>Writes a node type as an object of the open array.</summary>
    public static void WriteType(Utf8JsonWriter writer, NodeType type)
    {
        writer.WriteStartObject();
        writer.WriteString("type", type.Name);
        writer.WriteString("description", type.Description);
        writer.WriteStartArray("args");
        for (int i = 0; i < type.Parameters.Count; i++)
        {
            WriteParameter(writer, type.Parameters[i]);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteArguments(Utf8JsonWriter writer, GraphNode node)
    {
        IReadOnlyList<ParameterDescriptor> parameters = node.Type.Parameters;
        writer.WriteStartObject("args");
        for (int i = 0; i < parameters.Count; i++)
        {
            if (node.Get(parameters[i].Name) is { } value)
            {
                WriteValue(writer, parameters[i], value);
            }
        }

        writer.WriteEndObject();
    }

    private static void WriteParameter(Utf8JsonWriter writer, ParameterDescriptor parameter)
    {
        writer.WriteStartObject();
        writer.WriteString("name", parameter.Name);
        writer.WriteString("kind", NameOf(parameter.Kind));
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

        if (parameter.IsLogarithmic)
        {
            writer.WriteBoolean("logarithmic", true);
        }

        if (parameter.Choices.Count > 0)
        {
            writer.WriteStartArray("choices");
            for (int i = 0; i < parameter.Choices.Count; i++)
            {
                writer.WriteStringValue(parameter.Choices[i]);
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

    private static string NameOf(ParameterKind kind) => kind switch
    {
        ParameterKind.Integer => "integer",
        ParameterKind.Flag => "flag",
        ParameterKind.Text => "text",
        ParameterKind.Choice => "choice",
        _ => "number",
    };
}
