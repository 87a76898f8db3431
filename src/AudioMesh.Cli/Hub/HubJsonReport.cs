// SPDX-License-Identifier: MIT
using System.Text.Json;
using AudioMesh.Cli.Reports;
using AudioMesh.Network.Hub;

namespace AudioMesh.Cli.Hub;

/// <summary>JSON objects, one a line, each with its <c>event</c>.</summary>
internal sealed class HubJsonReport : IHubReport
{
    public TimeSpan Interval { get; } = TimeSpan.FromSeconds(1);

    public void Begin(string name, HubHost hub, HubServerOptions options, string mixer) => JsonLine.Write(json =>
    {
        json.WriteString("event", "started");
        json.WriteString("action", "hub");
        json.WriteString("name", name);
        json.WriteString("listen", hub.Toast.Port.LocalAddress.ToString());
        json.WriteNumber("rate", options.Rate);
        json.WriteNumber("period", options.Mix.PeriodFrames);
        json.WriteNumber("max_clients", options.Mix.MaxClients);
        json.WriteNumber("max_channels", options.MaxChannels);
        json.WriteString("mixer", mixer);
        json.WriteString("record", options.RecordFolder);
        json.WriteBoolean("realtime", hub.Grant.IsRealtime);
    });

    public void Tell(HubEvent happened) => JsonLine.Write(json =>
    {
        json.WriteString("event", happened.Kind switch
        {
            HubEventKind.ClientJoined => "client_joined",
            HubEventKind.ClientLost => "client_lost",
            HubEventKind.ClientReturned => "client_returned",
            HubEventKind.ClientLeft => "client_left",
            HubEventKind.ClientRefused => "client_refused",
            _ => "recording_failed",
        });
        json.WriteString("client", happened.Client);
        json.WriteString("reason", happened.Reason);
    });

    public void Progress(HubLook look) => JsonLine.Write(json =>
    {
        json.WriteString("event", "progress");
        WriteFigures(json, look);
    });

    public Task AroundAsync(Func<Task> body) => body();

    public void End(HubLook look, bool isInterrupted) => JsonLine.Write(json =>
    {
        json.WriteString("event", "finished");
        json.WriteBoolean("ok", true);
        json.WriteString("action", "hub");
        json.WriteString("end", isInterrupted ? "interrupted" : "time_over");
        WriteFigures(json, look);
    });

    private static void WriteFigures(Utf8JsonWriter json, HubLook look)
    {
        json.WriteNumber("position_s", Math.Round(look.Seconds, 3));
        json.WriteNumber("periods", look.Periods);
        json.WriteNumber("late_periods", look.Late);
        json.WriteNumber("skipped_periods", look.Skipped);
        json.WriteNumber("mix_us", Math.Round(look.MixUs, 1));
        json.WriteNumber("period_cost_us", Math.Round(look.CostUs, 1));
        json.WriteNumber("period_cost_p999_us", Math.Round(look.CostTailUs, 1));
        json.WriteNumber("dropped_datagrams", look.Dropped);
        json.WriteStartArray("clients");
        foreach (HubClientStatus client in look.Clients)
        {
            Write(json, client, new HubClientFigures(client, look.PeriodUs));
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, HubClientStatus client, HubClientFigures figures)
    {
        json.WriteStartObject();
        json.WriteNumber("id", client.Id);
        json.WriteString("name", client.Name);
        json.WriteBoolean("there", client.IsThere);
        json.WriteNumber("channels", client.SendChannels);
        json.WriteNumber("mix_channels", client.ReceiveChannels);
        json.WriteNumber("latency_ms", Math.Round(figures.LatencyMs, 3));
        json.WriteNumber("network_ms", Math.Round(figures.NetworkMs, 3));
        json.WriteNumber("jitter_buffer_ms", Math.Round(figures.DepthMs, 3));
        json.WriteNumber("period_ms", Math.Round(figures.PeriodMs, 3));
        json.WriteNumber("packets", client.Received?.Packets ?? 0);
        json.WriteNumber("lost_packets", client.Received?.LostPackets ?? 0);
        json.WriteNumber("late_packets", client.Received?.LatePackets ?? 0);
        json.WriteNumber("jitter_ms", Math.Round(figures.JitterMs, 3));
        json.WriteNumber("drift_ppm", Math.Round(figures.Ppm, 2));
        json.WriteBoolean("locked", figures.IsLocked);
        json.WriteNumber("missing_frames", client.Received?.MissingFrames ?? 0);
        json.WriteNumber("predicted_pct", Math.Round(figures.PredictedPercent, 1));
        json.WriteNumber("peak", Math.Round(client.Peak, 6));
        json.WriteString("recording", client.RecordingPath);
        json.WriteNumber("recorded_frames", client.RecordedFrames);
        json.WriteNumber("recording_lost_frames", client.RecordingLostFrames);
        json.WriteEndObject();
    }
}
