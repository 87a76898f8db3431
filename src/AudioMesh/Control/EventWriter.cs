// SPDX-License-Identifier: MIT
using System.Text.Json;
using AudioMesh.Clock;
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
        EngineEventKind.Bypass => "bypass",
        EngineEventKind.Clock => "clock",
        EngineEventKind.Midi => "midi",
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
            Allowed = "state, xrun, stats, device, node, bypass, clock, midi",
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
                StatsWriter.Write(writer, engineEvent.Telemetry!.Value);
                break;
            case EngineEventKind.Bypass:
                WriteBypass(writer, engineEvent);
                break;
            case EngineEventKind.Clock:
                ClockWriter.Write(writer, engineEvent.Clock!.Value);
                break;
            case EngineEventKind.Midi:
                writer.WriteString("value", engineEvent.Value);
                writer.WriteNumber("node", engineEvent.NodeId);
                writer.WriteNumber("position", engineEvent.Sixteenths);
                break;
            default:
                WriteOther(writer, engineEvent);
                break;
        }

        writer.WriteNumber("time", engineEvent.Time.Nanoseconds);
        writer.WriteEndObject();
    }

    /// <summary>Says how many events were lost because they were not taken in time.</summary>
    public static void WriteDropped(Utf8JsonWriter writer, long count)
    {
        writer.WriteStartObject();
        writer.WriteString("event", "dropped");
        writer.WriteNumber("count", count);
        writer.WriteNumber("time", MeshClock.Now.Nanoseconds);
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

        if (engineEvent.Value == "underrun")
        {
            writer.WriteNumber("predicted", engineEvent.PredictedFrames);
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

    private static void WriteBypass(Utf8JsonWriter writer, EngineEvent engineEvent)
    {
        writer.WriteNumber("node", engineEvent.NodeId);
        writer.WriteString("name", engineEvent.NodeName);
        writer.WriteNumber("usec", engineEvent.Microseconds);
        writer.WriteNumber("limit_usec", engineEvent.LimitMicroseconds);
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

        if (engineEvent.LevelDb is { } db)
        {
            writer.WriteNumber("channel", engineEvent.Channel);
            writer.WriteNumber("db", db);
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
        RenderCause.PacketLost => "packet_lost",
        RenderCause.NetworkOutage => "network_outage",
        _ => "none",
    };
}
