// SPDX-License-Identifier: MIT
using System.Text.Json;

namespace AudioMesh.Control;

/// <summary>What it took to make one graph of another.</summary>
internal sealed class GraphDifference
{
    public List<string> Created { get; } = [];

    public List<string> Changed { get; } = [];

    public List<string> Removed { get; } = [];

    public int Connected { get; set; }

    public int Disconnected { get; set; }

    /// <summary>Writes it as fields of the open object.</summary>
    public void Write(Utf8JsonWriter writer)
    {
        WriteNames(writer, "created", Created);
        WriteNames(writer, "changed", Changed);
        WriteNames(writer, "removed", Removed);
        writer.WriteNumber("connected", Connected);
        writer.WriteNumber("disconnected", Disconnected);
    }

    private static void WriteNames(Utf8JsonWriter writer, string field, List<string> names)
    {
        writer.WriteStartArray(field);
        foreach (string name in names)
        {
            writer.WriteStringValue(name);
        }

        writer.WriteEndArray();
    }
}
