// SPDX-License-Identifier: MIT
using System.Globalization;
using AudioMesh.Cli.Reports;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace AudioMesh.Cli.Ctl;

/// <summary>What a daemon's events say, kept up to date: its figures, how many events of each kind, and the last ones.</summary>
internal sealed class WatchView
{
    private const int MostLines = 12;

    private readonly SortedDictionary<string, long> _counts = new(StringComparer.Ordinal);
    private readonly Queue<string> _last = new();
    private EventLook? _stats;
    private long _dropped;

    /// <summary>Takes another event in.</summary>
    public void Add(EventLook happened)
    {
        string kind = happened.Family == "xrun" ? $"xrun {happened.Text("type")}" : happened.Family;
        _counts[kind] = _counts.GetValueOrDefault(kind) + 1;
        _dropped += happened.Dropped;
        if (happened.Family == "stats")
        {
            _stats = happened;
            return;
        }

        _last.Enqueue(happened.Sentence);
        if (_last.Count > MostLines)
        {
            _last.Dequeue();
        }
    }

    /// <summary>Draws it.</summary>
    public IRenderable Draw()
    {
        Table table = new Table().Border(TableBorder.None).AddColumns("[bold]STATE[/]", "[bold]LOAD[/]", "[bold]PEAK[/]", "[bold]LATE[/]", "[bold]XRUNS[/]", "[bold]MISSED[/]", "[bold]UNDERRUNS[/]", "[bold]RATE[/]", "[bold]PERIOD[/]");
        if (_stats is { } stats)
        {
            table.AddRow(
                stats.Text("state"),
                $"{Figure(stats.Number("cpu_pct"))} %",
                $"{Figure(stats.Number("cpu_peak_pct"))} %",
                $"{Figure(stats.Number("late_us"))} us",
                Marked(stats.Number("device_xruns")),
                Marked(stats.Number("missed")),
                Marked(stats.Number("underruns")),
                Figure(stats.Number("rate")),
                Figure(stats.Number("period")));
        }
        else
        {
            table.AddRow("[grey]no figures yet[/]");
        }

        string counts = string.Join(", ", _counts.Select(count => $"{count.Key} {count.Value}"));
        string dropped = _dropped > 0 ? $"  [red]{Texts.Count(_dropped, "event")} dropped[/]" : "";
        return new Rows([table, new Markup($"[grey]{Markup.Escape(counts)}[/]{dropped}"), .. _last.Select(line => new Text(line))]);
    }

    private static string Figure(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private static string Marked(double count) => count > 0 ? $"[red]{Figure(count)}[/]" : "0";
}
