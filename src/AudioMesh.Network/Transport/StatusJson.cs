// SPDX-License-Identifier: MIT
using System.Text.Json;
using AudioMesh.Backends;
using AudioMesh.Clock;
using AudioMesh.Network.Time;

namespace AudioMesh.Network.Transport;

/// <summary>Statuses on the bus.</summary>
internal static class StatusJson
{
    public static byte[] Write(HostStatus status) => AgentJson.Write(json =>
    {
        json.WriteString("host", status.Host);
        json.WriteString("driver", status.Driver);
        json.WriteNumber("rate", status.Rate);
        json.WriteNumber("period", status.PeriodFrames);
        json.WriteNumber("state", (int)status.State);
        json.WriteNumber("frame", status.Frame);
        json.WriteNumber("at", status.At.Nanoseconds);
        WriteFinite(json, "error", status.ErrorFrames);
        json.WriteBoolean("strayed", status.HasStrayed);
        WriteFinite(json, "drift_ppm", status.DriftPpm);
        WriteFinite(json, "bound_ns", status.BoundNs);
        json.WriteNumber("time", (int)status.TimeState);
        AgentJson.WriteId(json, "mesh", status.MeshId);
        json.WriteString("not_ready", status.NotReady);
        json.WriteBoolean("armed", status.IsArmed);
        json.WriteBoolean("beats", status.SharesBeats);
        json.WriteNumber("xruns", status.Xruns);
        json.WriteNumber("lead", status.LeadNs);
        if (status.Last is { } last)
        {
            WriteOutcome(json, last);
        }
    });

    public static HostStatus Read(JsonElement json) => new()
    {
        Host = json.GetProperty("host").GetString() ?? "",
        Driver = json.GetProperty("driver").GetString() ?? "",
        Rate = json.GetProperty("rate").GetInt32(),
        PeriodFrames = json.GetProperty("period").GetInt32(),
        State = (TransportState)Math.Clamp(json.GetProperty("state").GetInt32(), 0, 2),
        Frame = json.GetProperty("frame").GetInt64(),
        At = new MeshTime(json.GetProperty("at").GetInt64()),
        ErrorFrames = ReadFinite(json, "error"),
        HasStrayed = ReadFlag(json, "strayed"),
        DriftPpm = ReadFinite(json, "drift_ppm"),
        BoundNs = ReadFinite(json, "bound_ns") ?? double.PositiveInfinity,
        TimeState = (TimebaseState)Math.Clamp(json.GetProperty("time").GetInt32(), 0, 3),
        MeshId = AgentJson.ReadId(json, "mesh"),
        NotReady = json.GetProperty("not_ready").GetString() ?? "",
        IsArmed = json.GetProperty("armed").GetBoolean(),
        SharesBeats = ReadFlag(json, "beats"),
        Xruns = json.GetProperty("xruns").GetInt64(),
        LeadNs = Math.Max(0, json.GetProperty("lead").GetInt64()),
        Last = json.TryGetProperty("last", out JsonElement last) ? ReadOutcome(last) : null,
    };

    private static void WriteOutcome(Utf8JsonWriter json, in TransportOutcome last)
    {
        json.WriteStartObject("last");
        AgentJson.WriteId(json, "id", last.Id);
        json.WriteString("action", AgentJson.NameOf(last.Action));
        json.WriteNumber("result", (int)last.Result);
        json.WriteNumber("at", last.At.Nanoseconds);
        json.WriteNumber("frame", last.Frame);
        json.WriteNumber("achieved_at", last.AchievedAt.Nanoseconds);
        json.WriteNumber("achieved_frame", last.AchievedFrame);
        json.WriteNumber("error", last.ErrorFrames);
        WriteFinite(json, "bound_ns", last.BoundNs);
        json.WriteNumber("missed", last.MissedFrames);
        json.WriteNumber("extra", last.ExtraFrames);
        json.WriteNumber("corrections", last.Corrections);
        json.WriteEndObject();
    }

    private static TransportOutcome ReadOutcome(JsonElement json) => new(
        AgentJson.ReadId(json, "id"), AgentJson.ActionOf(json.GetProperty("action").GetString()), (TransportResult)Math.Clamp(json.GetProperty("result").GetInt32(), 0, 4),
        new MeshTime(json.GetProperty("at").GetInt64()), json.GetProperty("frame").GetInt64(), new MeshTime(json.GetProperty("achieved_at").GetInt64()),
        json.GetProperty("achieved_frame").GetInt64(), json.GetProperty("error").GetDouble(), ReadFinite(json, "bound_ns") ?? double.PositiveInfinity,
        json.GetProperty("missed").GetInt64(), json.GetProperty("extra").GetInt64(), json.GetProperty("corrections").GetInt32());

    private static void WriteFinite(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number && double.IsFinite(number))
        {
            json.WriteNumber(name, number);
        }
    }

    private static bool ReadFlag(JsonElement json, string name) => json.TryGetProperty(name, out JsonElement value) && value.GetBoolean();

    private static double? ReadFinite(JsonElement json, string name) => json.TryGetProperty(name, out JsonElement value) ? value.GetDouble() : null;
}
