// SPDX-License-Identifier: MIT
using System.Text.Json;
using AudioMesh.Cli.Reports;
using AudioMesh.Network.Impairment;

namespace AudioMesh.Cli.Impair;

/// <summary>JSON objects, one a line, each with its <c>event</c>.</summary>
internal sealed class ImpairJsonReport : IImpairReport
{
    public TimeSpan Interval { get; } = TimeSpan.FromSeconds(1);

    public void Begin(UdpRelay relay, UdpRelayOptions options) => JsonLine.Write(json =>
    {
        json.WriteString("event", "started");
        json.WriteString("action", "impair");
        json.WriteString("listen", relay.Listen.ToString());
        json.WriteString("to", options.Target.ToString());
        json.WriteNumber("seed", options.Seed);
        json.WriteBoolean("realtime", relay.Grant.IsRealtime);
    });

    public void Progress(double seconds, UdpRelayStatistics statistics) => JsonLine.Write(json =>
    {
        json.WriteString("event", "progress");
        json.WriteNumber("position_s", Math.Round(seconds, 3));
        WriteFigures(json, statistics);
    });

    public Task AroundAsync(Func<Task> body) => body();

    public void End(UdpRelayStatistics statistics, bool isInterrupted) => JsonLine.Write(json =>
    {
        json.WriteString("event", "finished");
        json.WriteBoolean("ok", true);
        json.WriteString("action", "impair");
        json.WriteString("end", isInterrupted ? "interrupted" : "time_over");
        WriteFigures(json, statistics);
    });

    private static void WriteFigures(Utf8JsonWriter json, UdpRelayStatistics statistics)
    {
        json.WriteNumber("clients", statistics.Clients);
        json.WriteNumber("clients_seen", statistics.ClientsSeen);
        Write(json, "there", statistics.There);
        Write(json, "back", statistics.Back);
        json.WriteNumber("waiting", statistics.Waiting);
        json.WriteNumber("refused", statistics.Refused);
        json.WriteNumber("strangers", statistics.Strangers);
        json.WriteNumber("no_room", statistics.NoRoom);
        json.WriteNumber("not_sent", statistics.NotSent);
        json.WriteNumber("late_p50_us", Math.Round(statistics.LatenessP50Us, 1));
        json.WriteNumber("late_p99_us", Math.Round(statistics.LatenessP99Us, 1));
        json.WriteNumber("late_max_us", Math.Round(statistics.LatenessMaxUs, 1));
    }

    private static void Write(Utf8JsonWriter json, string direction, ImpairmentCounts counts)
    {
        json.WriteStartObject(direction);
        json.WriteNumber("packets", counts.Packets);
        json.WriteNumber("bytes", counts.Bytes);
        json.WriteNumber("delivered", counts.Delivered);
        json.WriteNumber("lost_random", counts.LostRandom);
        json.WriteNumber("lost_outage", counts.LostInOutage);
        json.WriteNumber("lost_queue", counts.LostInQueue);
        json.WriteNumber("doubled", counts.Copied);
        json.WriteNumber("reordered", counts.Reordered);
        json.WriteNumber("corrupted", counts.Corrupted);
        json.WriteEndObject();
    }
}
