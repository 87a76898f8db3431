// SPDX-License-Identifier: MIT
using System.Text.Json;
using AudioMesh.Clock;

namespace AudioMesh;

/// <summary>Reads replies and events of the control protocol.</summary>
internal static class ReplyReader
{
    /// <summary>Opens a reply; one that says <c>"ok":false</c> is thrown as the error it carries.</summary>
    public static JsonDocument Open(byte[] reply)
    {
        JsonDocument document = JsonDocument.Parse(reply);
        if (document.RootElement.TryGetProperty("ok", out JsonElement ok) && ok.ValueKind == JsonValueKind.True)
        {
            return document;
        }

        using (document)
        {
            throw Error(document.RootElement)
                ?? new AudioMeshException(AudioErrorKind.Protocol, "The engine's reply is neither a result nor an error.");
        }
    }

    public static IReadOnlyList<DriverListing> Drivers(JsonElement reply) =>
    [
        .. reply.GetProperty("drivers").EnumerateArray().Select(
            driver => new DriverListing(Text(driver, "driver"), Flag(driver, "available"), Text(driver, "reason"))),
    ];

    public static IReadOnlyList<DeviceListing> Devices(JsonElement reply) =>
    [
        .. reply.GetProperty("devices").EnumerateArray().Select(device => new DeviceListing(
            Text(device, "driver"),
            Text(device, "name"),
            Text(device, "description"),
            (int)Long(device, "channels"),
            (int)Long(device, "input_channels"),
            (int)Long(device, "rate"),
            Flag(device, "default"))),
    ];

    public static IReadOnlyList<(string From, string To)> PortConnections(JsonElement reply) =>
        [.. reply.GetProperty("connections").EnumerateArray().Select(connection => (Text(connection, "from"), Text(connection, "to")))];

    public static DeviceInfo Device(JsonElement device) => new()
    {
        Driver = Text(device, "driver"),
        Name = Text(device, "name"),
        Rate = (int)Long(device, "rate"),
        PeriodFrames = (int)Long(device, "period"),
        BufferFrames = (int)Long(device, "buffer"),
        OutputChannels = (int)Long(device, "channels"),
        InputChannels = (int)Long(device, "input_channels"),
        Format = Text(device, "format"),
        OutputLatencyFrames = (int)Long(device, "latency"),
        InputLatencyFrames = (int)Long(device, "input_latency"),
        IsRealtime = Flag(device, "realtime"),
        Ports = [.. device.GetProperty("ports").EnumerateArray().Select(port => port.GetString()!)],
        MidiPorts = device.TryGetProperty("midi_ports", out JsonElement ports) ? [.. ports.EnumerateArray().Select(port => port.GetString()!)] : [],
    };

    public static EngineStats Stats(JsonElement stats) => new()
    {
        State = Text(stats, "state"),
        LoadPercent = Number(stats, "cpu_pct"),
        PeakLoadPercent = Number(stats, "cpu_peak_pct"),
        Rate = (int)Long(stats, "rate"),
        PeriodFrames = (int)Long(stats, "period"),
        Periods = Long(stats, "periods"),
        Missed = Long(stats, "missed"),
        DeviceXruns = Long(stats, "device_xruns"),
        Overruns = Long(stats, "overruns"),
        LateFrames = Long(stats, "late_frames"),
        Bypassed = (int)Long(stats, "bypassed"),
        Underruns = Long(stats, "underruns"),
        UnderrunFrames = Long(stats, "underrun_frames"),
        PredictedFrames = Long(stats, "predicted_frames"),
        GcUnderruns = Long(stats, "gc_underruns"),
        EventsDropped = Long(stats, "events_dropped"),
        AllocatedBytes = Long(stats, "allocated_bytes"),
        Collections = (int)Long(stats, "collections"),
        IsRealtime = Flag(stats, "realtime"),
        LatenessUs = Tails(stats.GetProperty("lateness_us")),
        RenderUs = Tails(stats.GetProperty("render_us")),
        Position = Long(stats, "position"),
        PositionTime = Long(stats, "position_time"),
    };

    public static DeviceClockInfo Clock(JsonElement clock) => new()
    {
        Frame = Long(clock, "frame"),
        MeshTime = new MeshTime(Long(clock, "mesh_ns")),
        SystemNs = Long(clock, "system_ns"),
        NominalRate = (int)Long(clock, "nominal_rate"),
        Rate = Number(clock, "rate"),
        Ppm = Number(clock, "ppm"),
        SystemPpm = Number(clock, "system_ppm"),
        PpmError = Bound(clock, "ppm_error"),
        IsLocked = Flag(clock, "locked"),
        ErrorNs = Bound(clock, "error_ns"),
    };

    /// <summary>Reads an event; null for a family this version does not know.</summary>
    public static MeshEvent? Event(JsonElement line)
    {
        MeshTime time = new(Long(line, "time"));
        return Text(line, "event") switch
        {
            "state" => new StateEvent(time, Text(line, "value")),
            "xrun" => new XrunEvent(
                time,
                Text(line, "type"),
                Text(line, "cause"),
                (int)Long(line, "node"),
                Long(line, "frames"),
                Long(line, "usec"),
                Long(line, "pause_usec"),
                Long(line, "predicted")),
            "dropped" => new DroppedEvent(time, Long(line, "count")),
            "stats" => new StatsEvent(time, Stats(line)),
            "device" => new DeviceChangeEvent(
                time, Text(line, "value"), line.TryGetProperty("device", out JsonElement device) ? Device(device) : null, Error(line)),
            "midi" => new MidiTransportEvent(time, Text(line, "value"), (int)Long(line, "node"), Long(line, "position")),
            "bypass" => new BypassEvent(
                time, (int)Long(line, "node"), Text(line, "name"), Long(line, "usec"), Long(line, "limit_usec")),
            "clock" => new ClockEvent(time, Clock(line)),
            "node" => new NodeEvent(time, Text(line, "value"), (int)Long(line, "node"), Error(line))
            {
                LevelDb = Bound(line, "db"),
                Channel = (int)Long(line, "channel"),
            },
            _ => null,
        };
    }

    private static AudioMeshException? Error(JsonElement parent) => parent.TryGetProperty("error", out JsonElement error)
        ? new AudioMeshException(AudioErrorKindExtensions.FromCode(Text(error, "code")), Text(error, "message"))
        {
            Field = error.TryGetProperty("field", out JsonElement field) ? field.GetString() : null,
            Allowed = error.TryGetProperty("allowed", out JsonElement allowed) ? allowed.GetString() : null,
        }
        : null;

    private static DurationTails Tails(JsonElement tails) =>
        new(Number(tails, "p50"), Number(tails, "p99"), Number(tails, "p999"), Number(tails, "max"));

    private static string Text(JsonElement parent, string field) =>
        parent.TryGetProperty(field, out JsonElement value) ? value.GetString() ?? "" : "";

    private static double Number(JsonElement parent, string field) =>
        parent.TryGetProperty(field, out JsonElement value) ? value.GetDouble() : 0;

    private static double? Bound(JsonElement parent, string field) =>
        parent.TryGetProperty(field, out JsonElement value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;

    private static long Long(JsonElement parent, string field) =>
        parent.TryGetProperty(field, out JsonElement value) ? value.GetInt64() : 0;

    private static bool Flag(JsonElement parent, string field) =>
        parent.TryGetProperty(field, out JsonElement value) && value.GetBoolean();
}
