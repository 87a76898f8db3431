// SPDX-License-Identifier: MIT
using AudioMesh.Cli.Runs;

namespace AudioMesh.Cli.Reports;

/// <summary>Figures in words.</summary>
internal static class Texts
{
    private const double SilenceDb = -119.9;

    /// <summary><c>jack:default</c>.</summary>
    public static string Of(DeviceInfo device) =>
        device.Name.Length == 0 || device.Name == device.Driver ? device.Driver : $"{device.Driver}:{device.Name}";

    /// <summary><c>0:07</c>, <c>1:02:03</c>.</summary>
    public static string Clock(double seconds)
    {
        TimeSpan time = TimeSpan.FromSeconds(Math.Floor(Math.Max(seconds, 0)));
        return time.TotalHours >= 1 ? $"{(int)time.TotalHours}:{time:mm\\:ss}" : $"{time.Minutes}:{time:ss}";
    }

    /// <summary><c>1 channel</c>, <c>2 channels</c>.</summary>
    public static string Count(long count, string what) => count == 1 ? $"1 {what}" : $"{count} {what}s";

    /// <summary><c>-12.3</c>; silence is <c>-inf</c>.</summary>
    public static string Level(double db) => double.IsFinite(db) && db > SilenceDb ? db.ToString("0.0") : "-inf";

    /// <summary>The line by which a run begins.</summary>
    public static string Of(RunStart start)
    {
        DeviceInfo device = start.Device;
        string engine = start.Hosting == EngineHosting.Isolated ? "isolated engine" : "managed engine";
        string realtime = device.IsRealtime ? "" : ", without realtime priority";
        return $"{start.Text} {Of(device)}, {device.Rate} Hz, {Count(device.PeriodFrames, "frame")}, {engine}{realtime}";
    }

    /// <summary>Where a run stands: <c>0:03 / 0:07</c>.</summary>
    public static string Place(RunProgress progress) => progress.LengthSeconds is { } length
        ? $"{Clock(progress.PositionSeconds)} / {Clock(length)}"
        : Clock(progress.PositionSeconds);

    /// <summary>Load and what went wrong.</summary>
    public static string Health(EngineStats stats, long underruns, IReadOnlyList<RunCount> counts) =>
        $"{string.Concat(counts.Where(count => count.Text.Length > 0).Select(count => $"{count.Value:0.##} {count.Text}, "))}load {stats.LoadPercent:0.0} %, {Count(stats.DeviceXruns, "xrun")}, {Count(stats.Missed, "missed period")}, "
        + Count(underruns, "underrun");

    /// <summary>The way of the sound: <c>network 0.2 + jitter buffer 1.4 = 1.6 ms</c>; empty where none is told.</summary>
    public static string Of(IReadOnlyList<RunHop> hops) => hops.Count == 0
        ? ""
        : $"{string.Join(" + ", hops.Select(hop => $"{hop.Name.Replace('_', ' ')} {hop.Ms:0.00}"))} = {hops.Sum(hop => hop.Ms):0.00} ms";

    /// <summary>The line by which a run ends.</summary>
    public static string Of(RunSummary summary)
    {
        string verb = summary.Action switch { "record" => "Recorded", "jdat" => "Carried", "send" => "Sent", "receive" => "Received", _ => "Played" };
        string relation = summary.Action == "record" ? $" into {summary.Path}" : $" of {Path.GetFileName(summary.Path)}";
        string file = summary.Path is null ? "" : relation;
        string seconds = $"{summary.Frames / (double)Math.Max(summary.Stats.Rate, 1):0.00} s";
        string interrupted = summary.End == RunEnd.Interrupted ? ", interrupted" : "";
        string lost = summary.LostFrames > 0 ? $", {Count(summary.LostFrames, "frame")} lost because the disk was too slow" : "";
        return $"{verb} {Count(summary.Frames, "frame")} ({seconds}){file}{interrupted}: "
            + $"{Health(summary.Stats, summary.Underruns, summary.Counts)}{Behind(", ", Of(summary.Hops))}, peak load {summary.Stats.PeakLoadPercent:0.0} %{lost}";
    }

    /// <summary><paramref name="text"/> with <paramref name="before"/> in front, where there is any.</summary>
    public static string Behind(string before, string text) => text.Length == 0 ? "" : before + text;

    /// <summary>Gaps in the sound itself; of what the device does there may be many, and the figures count them, and of outages notes tell.</summary>
    public static bool IsWorthALine(XrunEvent xrun) => xrun is { Type: "underrun" or "overflow", Cause: not "network_outage" };

    /// <summary>What was heard that should not be.</summary>
    public static string Of(XrunEvent xrun) => $"{xrun.Type}: {Count(xrun.Frames, "frame")}, cause {xrun.Cause}"
        + (xrun.PredictedFrames > 0 ? $", {xrun.PredictedFrames} of them predicted" : "");
}
