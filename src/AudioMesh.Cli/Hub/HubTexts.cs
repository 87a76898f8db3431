// SPDX-License-Identifier: MIT
using AudioMesh.Cli.Reports;
using AudioMesh.Network.Hub;

namespace AudioMesh.Cli.Hub;

/// <summary>What a hub does, in words.</summary>
internal static class HubTexts
{
    public static string Begin(string name, HubHost hub, HubServerOptions options, string mixer)
    {
        string realtime = hub.Grant.IsRealtime ? "" : ", without realtime priority";
        string record = options.RecordFolder.Length > 0 ? $", recording in {options.RecordFolder}" : "";
        return $"Hub {name} at {hub.Toast.Port.LocalAddress}: {options.Mix.PeriodFrames} frames at {options.Rate} Hz, up to {Texts.Count(options.Mix.MaxClients, "client")}, mixed by {mixer}{record}{realtime}";
    }

    public static string Of(HubEvent happened)
    {
        string what = happened.Kind switch
        {
            HubEventKind.ClientJoined => "joined",
            HubEventKind.ClientLost => "is lost; its seat is kept",
            HubEventKind.ClientReturned => "is back",
            HubEventKind.ClientLeft => "left",
            HubEventKind.ClientRefused => "got no seat",
            _ => "is recorded no longer",
        };
        return $"{happened.Client} {what}{(happened.Reason.Length > 0 ? $": {happened.Reason}" : "")}";
    }

    public static string Cost(HubLook look) =>
        $"{look.CostUs:0} us a period ({look.MixUs:0} of them mixing), {look.CostTailUs:0} us at p99.9, of {look.PeriodUs:0} us; {Texts.Count(look.Late, "late period")}, {look.Skipped} left out";

    public static string Client(HubClientStatus client, HubLook look)
    {
        HubClientFigures figures = new(client, look.PeriodUs);
        return $"{figures.Name}{(figures.IsThere ? "" : " (lost)")}: {figures.LatencyMs:0.0} ms (network {figures.NetworkMs:0.0}, jitter buffer {figures.DepthMs:0.0}, "
            + $"period {figures.PeriodMs:0.0}), {figures.LostPercent:0.0} % lost, {figures.JitterMs:0.0} ms jitter, {figures.Ppm:0.0} ppm, "
            + $"{figures.PredictedPercent:0} % predicted, {Texts.Level(figures.LevelDb)} dB";
    }
}
