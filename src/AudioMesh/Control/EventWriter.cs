// SPDX-License-Identifier: MIT
using System.Text.Json;
using AudioMesh.Engine;
using AudioMesh.Graph;

namespace AudioMesh.Control;

internal static class EventWriter
{
    /// <summary>The names of event families, in requests and events.</summary>
    public static string NameOf(EngineEventKind kind) => kind switch
    {
        EngineEventKind.State => "state",
        EngineEventKind.Xrun => "xrun",
        EngineEventKind.Stats => "stats",
        EngineEventKind.Device => "device",
        _ => "node",
    };

    /// <summary>The family called <paramref name="name"/>. Throws InvalidArgument.</summary>
    public static EngineEventKind KindOf(string name)
    {
        foreach (EngineEventKind kind in Enum.GetValues<EngineEventKind>())
        {
            if (NameOf(kind) == name)
            {
                return kind;
            }
        }

        throw new AudioMeshException(AudioErrorKind.InvalidArgument, $"There is no event '{name}'.")
        {
            Field = "events",
            Allowed = "state, xrun, stats, device, node",
        };
    }

    public static void Write(Utf8JsonWriter writer, EngineEvent engineEvent)
    {
        writer.WriteStartObject();
        writer.WriteString("event", NameOf(engineEvent.Kind));
        switch (engineEvent.Kind)
        {
            case EngineEventKind.Xrun:
                WriteXrun(writer, engineEvent);
                break;
            case EngineEventKind.Stats:
                StatsWriter.Write(writer, engineEvent.Telemetry!);
                break;
            default:
                WriteOther(writer, engineEvent);
                break;
        }

        writer.WriteNumber("time", engineEvent.Time.Nanoseconds);
        writer.WriteEndObject();
    }

    private static void WriteXrun(Utf8JsonWriter writer, EngineEvent engineEvent)
    {
        writer.WriteString("type", engineEvent.Value);
        writer.WriteNumber("usec", engineEvent.Microseconds);
        if (engineEvent.Frames > 0)
        {
            writer.WriteNumber("frames", engineEvent.Frames);
        }

        if (engineEvent.NodeId > 0)
        {
            writer.WriteNumber("node", engineEvent.NodeId);
        }

        writer.WriteString("cause", NameOf(engineEvent.Cause));
        if (engineEvent.PauseMicroseconds > 0)
        {
            writer.WriteNumber("pause_usec", engineEvent.PauseMicroseconds);
        }
    }

    private static void WriteOther(Utf8JsonWriter writer, EngineEvent engineEvent)
    {
        writer.WriteString("value", engineEvent.Value);
        if (engineEvent.NodeId > 0)
        {
            writer.WriteNumber("node", engineEvent.NodeId);
        }

        if (engineEvent.Frames > 0)
        {
            writer.WriteNumber("frames", engineEvent.Frames);
        }

        if (engineEvent.Stream is { } stream)
        {
            StreamWriter.Write(writer, "device", stream);
        }

        if (engineEvent.Error is { } error)
        {
            ErrorWriter.WriteError(writer, error);
        }
    }

    private static string NameOf(RenderCause cause) => cause switch
    {
        RenderCause.AppLate => "app_late",
        RenderCause.Gc => "gc",
        RenderCause.Device => "device",
        RenderCause.Overrun => "overrun",
        RenderCause.FileLate => "file_late",
        RenderCause.GpuLate => "gpu_late",
        _ => "none",
    };
}
