// SPDX-License-Identifier: MIT
using System.Text.Json;
using AudioMesh.Engine;

namespace AudioMesh.Control;

internal static class StatsWriter
{
    /// <summary>Writes the figures as fields of the open object.</summary>
    public static void Write(Utf8JsonWriter writer, in EngineTelemetry telemetry)
    {
        writer.WriteString("state", telemetry.State switch
        {
            EngineState.Running => "running",
            EngineState.Holdover => "holdover",
            _ => "stopped",
        });
        writer.WriteNumber("cpu_pct", Math.Round(telemetry.Load * 100, 2));
        writer.WriteNumber("cpu_peak_pct", Math.Round(telemetry.LoadPeak * 100, 2));
        writer.WriteNumber("rate", telemetry.Rate);
        writer.WriteNumber("period", telemetry.PeriodFrames);
        writer.WriteNumber("late_us", Math.Round(telemetry.LatenessUs.P99, 1));
        writer.WriteNumber("periods", telemetry.Periods);
        writer.WriteNumber("missed", telemetry.Missed);
        writer.WriteNumber("device_xruns", telemetry.DeviceXruns);
        writer.WriteNumber("overruns", telemetry.Overruns);
        writer.WriteNumber("late_frames", telemetry.LateFrames);
        writer.WriteNumber("bypassed", telemetry.Bypassed);
        writer.WriteNumber("underruns", telemetry.Underruns);
        writer.WriteNumber("underrun_frames", telemetry.UnderrunFrames);
        writer.WriteNumber("predicted_frames", telemetry.PredictedFrames);
        writer.WriteNumber("gc_underruns", telemetry.GcUnderruns);
        writer.WriteNumber("events_dropped", telemetry.EventsDropped);
        writer.WriteNumber("allocated_bytes", telemetry.AllocatedBytes);
        writer.WriteNumber("heap_allocated_bytes", telemetry.HeapAllocatedBytes);
        writer.WriteNumber("collections", telemetry.Collections);
        writer.WriteNumber("collection_us", telemetry.CollectionUs);
        writer.WriteBoolean("realtime", telemetry.IsRealtime);
        Write(writer, "lateness_us", telemetry.LatenessUs);
        Write(writer, "render_us", telemetry.RenderUs);
        writer.WriteNumber("position", telemetry.Placement.Position.Value);
        writer.WriteNumber("position_time", telemetry.Placement.OutputTime.Nanoseconds);
    }

    private static void Write(Utf8JsonWriter writer, string field, Quantiles quantiles)
    {
        writer.WriteStartObject(field);
        writer.WriteNumber("p50", Math.Round(quantiles.P50, 1));
        writer.WriteNumber("p99", Math.Round(quantiles.P99, 1));
        writer.WriteNumber("p999", Math.Round(quantiles.P999, 1));
        writer.WriteNumber("max", Math.Round(quantiles.Max, 1));
        writer.WriteEndObject();
    }
}
