// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text.Json;
using AudioMesh.Cli.Reports;
using AudioMesh.Network.Transport;

namespace AudioMesh.Cli.Transport;

/// <summary>Transports as lines of JSON.</summary>
internal static class TransportJson
{
    public static void Write(IReadOnlyList<HostStatus> hosts) => JsonLine.Write(json =>
    {
        json.WriteString("event", "status");
        json.WriteStartArray("hosts");
        foreach (HostStatus host in hosts)
        {
            json.WriteStartObject();
            WriteStatus(json, host);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    public static void Write(DirectorRun run) => JsonLine.Write(json =>
    {
        json.WriteString("event", "finished");
        json.WriteBoolean("ok", run.Phase == DirectorPhase.Done);
        json.WriteString("phase", TransportTexts.Word(run.Phase));
        json.WriteString("id", run.Id.ToString("x16", CultureInfo.InvariantCulture));
        json.WriteStartArray("hosts");
        foreach (DirectorHostState host in run.Hosts)
        {
            json.WriteStartObject();
            json.WriteString("host", host.Host);
            json.WriteBoolean("ready", host.IsReady);
            json.WriteBoolean("fired", host.IsFired);
            if (!host.Refusal.IsNone)
            {
                json.WriteString("code", host.Refusal.Code);
                json.WriteString("reason", host.Refusal.Reason);
            }

            if (host.Outcome is { } outcome)
            {
                WriteOutcome(json, outcome);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    public static void Write(in TransportAgentEvent happened)
    {
        TransportAgentEvent copy = happened;
        JsonLine.Write(json =>
        {
            json.WriteString("event", TransportTexts.Word(copy.Kind));
            if (copy.Order is { } order)
            {
                json.WriteString("id", order.Id.ToString("x16", CultureInfo.InvariantCulture));
                json.WriteString("action", TransportTexts.Word(order.Action));
                json.WriteNumber("at_ns", order.At.Nanoseconds);
            }

            if (copy.ErrorFrames is { } error)
            {
                WriteNumber(json, "error_frames", error);
            }

            if (copy.Outcome is { } outcome)
            {
                WriteOutcome(json, outcome);
            }
        });
    }

    private static void WriteStatus(Utf8JsonWriter json, HostStatus host)
    {
        json.WriteString("host", host.Host);
        json.WriteString("transport", host.Driver);
        json.WriteNumber("rate", host.Rate);
        json.WriteNumber("period", host.PeriodFrames);
        json.WriteString("state", TransportTexts.Word(host.State));
        json.WriteNumber("frame", host.Frame);
        json.WriteNumber("at_ns", host.At.Nanoseconds);
        WriteNumber(json, "error_frames", host.ErrorFrames);
        json.WriteBoolean("strayed", host.HasStrayed);
        WriteNumber(json, "drift_ppm", host.DriftPpm);
        WriteNumber(json, "bound_us", host.BoundNs * 1e-3);
        json.WriteString("time", TransportTexts.Word(host.TimeState));
        json.WriteBoolean("ready", host.NotReady.Length == 0);
        json.WriteString("not_ready", host.NotReady);
        json.WriteBoolean("armed", host.IsArmed);
        json.WriteBoolean("beats", host.SharesBeats);
        json.WriteNumber("xruns", host.Xruns);
    }

    private static void WriteOutcome(Utf8JsonWriter json, in TransportOutcome outcome)
    {
        json.WriteStartObject("outcome");
        json.WriteString("result", TransportTexts.Word(outcome.Result));
        json.WriteNumber("frame", outcome.Frame);
        json.WriteNumber("at_ns", outcome.At.Nanoseconds);
        json.WriteNumber("achieved_frame", outcome.AchievedFrame);
        json.WriteNumber("achieved_at_ns", outcome.AchievedAt.Nanoseconds);
        WriteNumber(json, "error_frames", outcome.ErrorFrames);
        WriteNumber(json, "bound_us", outcome.BoundNs * 1e-3);
        json.WriteNumber("missed_frames", outcome.MissedFrames);
        json.WriteNumber("extra_frames", outcome.ExtraFrames);
        json.WriteNumber("corrections", outcome.Corrections);
        json.WriteEndObject();
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number && double.IsFinite(number))
        {
            json.WriteNumber(name, Math.Round(number, 4));
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
