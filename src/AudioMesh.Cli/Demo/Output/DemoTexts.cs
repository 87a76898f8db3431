// SPDX-License-Identifier: MIT
using AudioMesh.Backends;
using AudioMesh.Cli.Demo.Judging;
using AudioMesh.Cli.Demo.Live;
using AudioMesh.Cli.Eval.Results;
using AudioMesh.Cli.Reports;

namespace AudioMesh.Cli.Demo.Output;

/// <summary>A demo in words.</summary>
internal static class DemoTexts
{
    /// <summary>The figures that are worth a line each at the end.</summary>
    private static string[] Told { get; } = ["snr_db", "gap_mean_db", "gap_p90_db", "mel_sc"];

    public static string Begin(DemoPlan plan, StreamInfo device, int rate)
    {
        string name = device.Device.Length == 0 || device.Device == device.Driver ? device.Driver : $"{device.Driver}:{device.Device}";
        return $"A plays {plan.Name} to B over a link like {plan.Preset}, seed {plan.Seed}; B plays it on {name}, {rate} Hz, {Texts.Count(device.PeriodFrames, "frame")}, and back to A";
    }

    public static string Line(DemoProgress progress) =>
        $"{Texts.Clock(progress.Seconds)} / {Texts.Clock(progress.Length)}  {Of(progress.B)}; {Of(progress.A)}";

    public static string Of(NodeFigures node)
    {
        string peaks = string.Join(' ', node.PeakDb.Select(Texts.Level));
        return $"{node.Name}: depth {node.DepthMs:0.0} ms, jitter {node.JitterMs:0.0} ms, missing {node.MissingPercent:0.0} %, of that predicted {node.PredictedPercent:0} %, "
            + $"{node.Heard.DriftPpm:0.0} ppm, peak {peaks} dB";
    }

    /// <summary>What it came to, a line each.</summary>
    public static IEnumerable<string> End(DemoResult result)
    {
        DemoRecord record = result.Record;
        int lost = result.There.Lost.Count(one => one);
        int late = result.Late.Count(one => one);
        string interrupted = record.IsInterrupted ? ", interrupted" : "";
        yield return $"Played {result.There.Lost.Count * result.There.PacketFrames / (double)record.Rate:0.00} s{interrupted}: {Texts.Count(result.There.Lost.Count, "packet")}, "
            + $"{lost} lost on the link ({100.0 * lost / Math.Max(1, result.There.Lost.Count):0.0} %), {late} too late, losses {result.There.Hash:x16}";
        foreach (MethodFigures figures in result.Figures)
        {
            string told = string.Join(", ", Told.Select(key => Figure(figures, key)));
            yield return $"  {(figures.Method == "pnbtr" ? "with prediction:   " : "without prediction:")} {told}";
        }

        yield return $"  latency {Of(result.TimesThere.All)}; there and back {Of(result.RoundTrip)}";
    }

    private static string Of(Hop hop) => hop.Ms.Count == 0 ? "not measured" : $"{hop.P50:0.0} ms (p50), {hop.P99:0.0} ms (p99)";

    private static string Figure(MethodFigures figures, string key)
    {
        int place = StreamFigure.All.ToList().FindIndex(figure => figure.Key == key);
        StreamFigure figure = StreamFigure.All[place];
        string unit = key.EndsWith("_db", StringComparison.Ordinal) ? " dB" : "";
        return $"{key.Replace("_db", "").Replace('_', ' ')} {figures.Values[place]?.ToString(figure.Format) ?? "-"}{unit}";
    }
}
