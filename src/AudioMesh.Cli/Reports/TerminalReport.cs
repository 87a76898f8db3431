// SPDX-License-Identifier: MIT
using AudioMesh.Cli.Runs;
using Spectre.Console;

namespace AudioMesh.Cli.Reports;

/// <summary>Live meters and a bar of the position, with notes scrolling above.</summary>
internal sealed class TerminalReport : IReport
{
    private readonly IAnsiConsole _console = Screen.Open();
    private LiveDisplayContext? _live;

    public TimeSpan Interval { get; } = TimeSpan.FromMilliseconds(100);

    public void Note(string name, string text) => _console.MarkupLineInterpolated($"[yellow]{text}[/]");

    public void Xrun(XrunEvent xrun)
    {
        if (Texts.IsWorthALine(xrun))
        {
            _console.MarkupLineInterpolated($"[red]{Texts.Of(xrun)}[/]");
        }
    }

    public void Begin(RunStart start) => _console.MarkupLineInterpolated($"{Texts.Of(start)}");

    public void Progress(RunProgress progress) => _live?.UpdateTarget(MeterView.Of(progress, _console.Profile.Width));

    public Task AroundAsync(Func<Task> body) => _console.Live(Text.Empty).StartAsync(async context =>
    {
        _live = context;
        await body();
        _live = null;
    });

    public void End(RunSummary summary) => _console.MarkupLineInterpolated($"{Texts.Of(summary)}");
}
