// SPDX-License-Identifier: MIT
using AudioMesh.Cli.Reports;
using AudioMesh.Network.Impairment;

namespace AudioMesh.Cli.Impair;

/// <summary>What a relay does, in words.</summary>
internal static class ImpairTexts
{
    public static string Begin(UdpRelay relay, UdpRelayOptions options)
    {
        string realtime = relay.Grant.IsRealtime ? "" : ", without realtime priority";
        return $"Relaying {relay.Listen} to {options.Target}, seed {options.Seed}{realtime}";
    }

    public static string Progress(double seconds, UdpRelayStatistics statistics) =>
        $"{Texts.Clock(seconds)}  {Texts.Count(statistics.Clients, "client")}, there {Of(statistics.There)}, back {Of(statistics.Back)}";

    public static string End(UdpRelayStatistics statistics, bool isInterrupted)
    {
        string end = isInterrupted ? ", interrupted" : "";
        return $"Relayed for {Texts.Count(statistics.ClientsSeen, "client")}{end}: there {Of(statistics.There)}; back {Of(statistics.Back)}; "
            + $"{Dropped(statistics)}; sent late by {Lateness(statistics)}";
    }

    public static string Dropped(UdpRelayStatistics statistics) =>
        $"{statistics.Refused} refused, {statistics.Strangers} from strangers, {statistics.NoRoom} without room, {statistics.NotSent} not sent";

    public static string Lateness(UdpRelayStatistics statistics) =>
        $"{statistics.LatenessP50Us:0} us (p50), {statistics.LatenessP99Us:0} us (p99), {statistics.LatenessMaxUs:0} us at most";

    private static string Of(ImpairmentCounts counts) =>
        $"{counts.Delivered} of {Texts.Count(counts.Packets, "packet")} ({LostPercent(counts):0.0} % lost)";

    public static double LostPercent(ImpairmentCounts counts) => 100.0 * counts.Lost / Math.Max(1, counts.Packets);
}
