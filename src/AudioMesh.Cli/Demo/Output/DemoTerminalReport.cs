// SPDX-License-Identifier: MIT
using AudioMesh.Backends;
using AudioMesh.Cli.Demo.Judging;
using AudioMesh.Cli.Demo.Live;
using AudioMesh.Cli.Reports;
using Spectre.Console;

namespace AudioMesh.Cli.Demo.Output;

/// <summary>Both nodes side by side, kept up to date.</summary>
internal sealed class DemoTerminalReport : IDemoReport
{
    private const int BarCells = 20;

    private readonly IAnsiConsole _console = Screen.Open();
    private LiveDisplayContext? _live;

    public TimeSpan Interval { get; } = TimeSpan.FromMilliseconds(100);

    public void Note(string name, string text) => _console.MarkupLineInterpolated($"[yellow]{text}[/]");

    public void Begin(DemoPlan plan, StreamInfo device, int rate) => _console.MarkupLineInterpolated($"{DemoTexts.Begin(plan, device, rate)}");

    public void Progress(DemoProgress progress) => _live?.UpdateTarget(TableOf(progress));

    public Task AroundAsync(Func<Task> body) => _console.Live(Text.Empty).StartAsync(async context =>
    {
        _live = context;
        await body();
        _live = null;
    });

    public void End(DemoResult result, string? page)
    {
        foreach (string line in DemoTexts.End(result))
        {
            _console.MarkupLineInterpolated($"{line}");
        }

        if (page is not null)
        {
            _console.MarkupLineInterpolated($"Wrote [blue]{page}[/]");
        }
    }

    private static Table TableOf(DemoProgress progress)
    {
        Table table = new Table().Border(TableBorder.None);
        table.AddColumn($"{Texts.Clock(progress.Seconds)} / {Texts.Clock(progress.Length)}");
        table.AddColumn(new TableColumn("[bold]B hears A[/]").PadLeft(2));
        table.AddColumn(new TableColumn("[bold]A hears itself from B[/]").PadLeft(2));
        Add(table, progress, "state", node => node.Heard.State.ToString().ToLowerInvariant());
        Add(table, progress, "depth", node => $"{node.DepthMs:0.0} ms");
        Add(table, progress, "jitter", node => $"{node.JitterMs:0.0} ms");
        Add(table, progress, "packets", node => $"{node.Heard.Packets}");
        Add(table, progress, "lost", node => $"{node.Heard.LostPackets}");
        Add(table, progress, "late", node => $"{node.Heard.LatePackets}");
        Add(table, progress, "missing", node => $"[red]{node.MissingPercent:0.0} %[/]");
        Add(table, progress, "predicted", node => $"[green]{node.PredictedPercent:0} %[/] of {Texts.Count(node.Heard.MissingFrames, "frame")}");
        Add(table, progress, "drift", node => $"{node.Heard.DriftPpm:0.0} ppm{(node.Heard.IsLocked ? "" : ", settling")}");
        for (int channel = 0; channel < progress.B.PeakDb.Count; channel++)
        {
            int place = channel;
            Add(table, progress, channel == 0 ? "level" : "", node => MeterView.Bar(At(node.RmsDb, place), At(node.PeakDb, place), BarCells));
        }

        return table;
    }

    private static double At(IReadOnlyList<double> levels, int channel) => channel < levels.Count ? levels[channel] : double.NegativeInfinity;

    private static void Add(Table table, DemoProgress progress, string name, Func<NodeFigures, string> figure) =>
        table.AddRow(name, figure(progress.B), figure(progress.A));
}
