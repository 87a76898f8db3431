// SPDX-License-Identifier: MIT
using System.Text.Json;
using AudioMesh.Engine;

namespace AudioMesh.Control;

internal static class ClockWriter
{
    /// <summary>Writes the clocks as fields of the open object.</summary>
    public static void Write(Utf8JsonWriter writer, in ClockReport clock)
    {
        writer.WriteNumber("frame", clock.Frame.Value);
        writer.WriteNumber("mesh_ns", clock.Mesh.Nanoseconds);
        writer.WriteNumber("system_ns", clock.SystemNs);
        writer.WriteNumber("nominal_rate", clock.NominalRate);
        writer.WriteNumber("rate", Math.Round(clock.Rate, 4));
        writer.WriteNumber("ppm", Math.Round(clock.Ppm, 3));
        writer.WriteNumber("system_ppm", Math.Round(clock.SystemPpm, 3));
        WriteBound(writer, "ppm_error", Math.Round(clock.PpmError, 3));
        writer.WriteBoolean("locked", clock.IsLocked);
        WriteBound(writer, "error_ns", Math.Ceiling(clock.ErrorNs));
    }

    private static void WriteBound(Utf8JsonWriter writer, string field, double bound)
    {
        if (double.IsFinite(bound))
        {
            writer.WriteNumber(field, bound);
        }
        else
        {
            writer.WriteNull(field);
        }
    }
}
