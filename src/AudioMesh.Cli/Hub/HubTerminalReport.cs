// SPDX-License-Identifier: MIT
using AudioMesh.Cli.Reports;
using AudioMesh.Network.Hub;
using Spectre.Console;

namespace AudioMesh.Cli.Hub;

/// <summary>A table of all clients that is kept up to date, and what happened last.</summary>
internal sealed class HubTerminalReport : IHubReport
{
    private const int MostEvents = 5;

    private readonly IAnsiConsole _console = Screen.Open();
    private readonly Queue<string> _happened = new();
    private LiveDisplayContext? _live;

    public TimeSpan Interval { get; } = TimeSpan.FromMilliseconds(250);

    public void Begin(string name, HubHost hub, HubServerOptions options, string mixer) => _console.MarkupLineInterpolated($"{HubTexts.Begin(name, hub, options, mixer)}");

    public void Tell(HubEvent happened)
    {
        _happened.Enqueue(HubTexts.Of(happened));
        if (_happened.Count > MostEvents)
        {
            _happened.Dequeue();
        }
    }

    public void Progress(HubLook look) => _live?.UpdateTarget(TableOf(look));

    public Task AroundAsync(Func<Task> body) => _console.Live(Text.Empty).StartAsync(async context =>
    {
        _live = context;
        await body();
        _live = null;
    });

    public void End(HubLook look, bool isInterrupted) =>
        _console.MarkupLineInterpolated($"Mixed {Texts.Count(look.Periods, "period")}{(isInterrupted ? ", interrupted" : "")}: {HubTexts.Cost(look)}");

    private Table TableOf(HubLook look)
    {
        Table table = new Table().Border(TableBorder.None);
        table.AddColumn($"{Texts.Clock(look.Seconds)}  {Texts.Count(look.Clients.Count, "client")}");
        foreach (string heading in (string[])["LATENCY", "NETWORK", "DEPTH", "JITTER", "LOST", "PREDICTED", "PPM", "LEVEL"])
        {
            table.AddColumn(new TableColumn($"[bold]{heading}[/]").RightAligned());
        }

        foreach (HubClientStatus client in look.Clients)
        {
            HubClientFigures figures = new(client, look.PeriodUs);
            table.AddRow(
                figures.IsThere ? Markup.Escape(figures.Name) : $"[red]{Markup.Escape(figures.Name)} (lost)[/]",
                $"{figures.LatencyMs:0.0} ms",
                $"{figures.NetworkMs:0.0}",
                $"{figures.DepthMs:0.0}",
                $"{figures.JitterMs:0.0}",
                $"{figures.LostPercent:0.0} %",
                $"{figures.PredictedPercent:0} %",
                figures.IsLocked ? $"[green]{figures.Ppm:0.0}[/]" : $"{figures.Ppm:0.0}",
                $"{Texts.Level(figures.LevelDb)} dB");
        }

        table.Caption(Markup.Escape(string.Join('\n', _happened.Prepend(HubTexts.Cost(look)))));
        return table;
    }
}
