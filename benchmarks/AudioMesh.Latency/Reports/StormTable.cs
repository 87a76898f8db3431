// SPDX-License-Identifier: MIT
using Spectre.Console;

namespace AudioMesh.Latency.Reports;

/// <summary>Trials for people, one a row.</summary>
internal static class StormTable
{
    public static void Show(IEnumerable<StormReport> reports)
    {
        Table table = new Table().Border(TableBorder.Markdown);
        string[] heads =
        [
            "engine", "app's GC", "periods", "missed", "of these ours", "longest gap", "late p50/p99/p99.9/max us", "gaps of the app (by GC)", "silent, by zeros",
            "app: gen 0/1/2", "longest pause", "allocated", "engine: GCs, bytes", "stalls, longest",
        ];
        foreach (string head in heads)
        {
            table.AddColumn(new TableColumn(head).NoWrap());
        }

        foreach (StormReport report in reports)
        {
            table.AddRow(Cells(report));
        }

        AnsiConsole.Profile.Width = 260;
        AnsiConsole.Write(table);
    }

    private static string[] Cells(StormReport r) =>
    [
        r.Host,
        r.Gc,
        $"{r.Periods}",
        $"{r.Missed}",
        $"{r.MissedWhereNoCanaryStalled}",
        $"{r.LongestGapMs:F1} ms",
        $"{r.LatenessUs.P50:F0} / {r.LatenessUs.P99:F0} / {r.LatenessUs.P999:F0} / {r.LatenessUs.Max:F0}",
        $"{r.Underruns} ({r.GcUnderruns})",
        $"{r.Gaps.SilentMs:F0}, {r.Gaps.SilentMsByZeroFill:F0} ms",
        string.Join(" / ", r.App.Collections),
        $"{r.App.LongestPauseMs:F0} ms",
        $"{r.App.AllocatedMb / 1000:F1} GB",
        $"{r.Engine.Collections}, {r.Engine.AllocatedBytes}",
        r.CanaryStalls.Realtime ? $"{r.CanaryStalls.Count}, {r.CanaryStalls.LongestUs / 1000:F1} ms" : "no canary",
    ];
}
