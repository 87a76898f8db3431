// SPDX-License-Identifier: MIT
using AudioMesh.Cli.Reports;
using AudioMesh.Network.Impairment;
using Spectre.Console;

namespace AudioMesh.Cli.Impair;

/// <summary>A table of both directions that is kept up to date.</summary>
internal sealed class ImpairTerminalReport : IImpairReport
{
    private readonly IAnsiConsole _console = Screen.Open();
    private LiveDisplayContext? _live;

    public TimeSpan Interval { get; } = TimeSpan.FromMilliseconds(250);

    public void Begin(UdpRelay relay, UdpRelayOptions options) => _console.MarkupLineInterpolated($"{ImpairTexts.Begin(relay, options)}");

    public void Progress(double seconds, UdpRelayStatistics statistics) => _live?.UpdateTarget(TableOf(seconds, statistics));

    public Task AroundAsync(Func<Task> body) => _console.Live(Text.Empty).StartAsync(async context =>
    {
        _live = context;
        await body();
        _live = null;
    });

    public void End(UdpRelayStatistics statistics, bool isInterrupted) => _console.MarkupLineInterpolated($"{ImpairTexts.End(statistics, isInterrupted)}");

    private static Table TableOf(double seconds, UdpRelayStatistics statistics)
    {
        Table table = new Table().Border(TableBorder.None);
        table.AddColumn($"{Texts.Clock(seconds)}  {Texts.Count(statistics.Clients, "client")}");
        table.AddColumn(new TableColumn("[bold]THERE[/]").RightAligned());
        table.AddColumn(new TableColumn("[bold]BACK[/]").RightAligned());
        Add(table, "packets", statistics, counts => $"{counts.Packets}");
        Add(table, "delivered", statistics, counts => $"[green]{counts.Delivered}[/]");
        Add(table, "lost", statistics, counts => $"[red]{counts.Lost}[/] {ImpairTexts.LostPercent(counts):0.0} %");
        Add(table, "  by chance", statistics, counts => $"{counts.LostRandom}");
        Add(table, "  in outages", statistics, counts => $"{counts.LostInOutage}");
        Add(table, "  in the queue", statistics, counts => $"{counts.LostInQueue}");
        Add(table, "doubled", statistics, counts => $"{counts.Copied}");
        Add(table, "reordered", statistics, counts => $"{counts.Reordered}");
        Add(table, "corrupted", statistics, counts => $"{counts.Corrupted}");
        table.Caption(Markup.Escape($"{ImpairTexts.Dropped(statistics)}; {statistics.Waiting} on their way; late by {ImpairTexts.Lateness(statistics)}"));
        return table;
    }

    private static void Add(Table table, string name, UdpRelayStatistics statistics, Func<ImpairmentCounts, string> figure) =>
        table.AddRow(name, figure(statistics.There), figure(statistics.Back));
}
