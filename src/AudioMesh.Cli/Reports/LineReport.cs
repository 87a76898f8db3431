// SPDX-License-Identifier: MIT
using AudioMesh.Cli.Runs;

namespace AudioMesh.Cli.Reports;

/// <summary>Plain lines, one a second while it runs.</summary>
internal sealed class LineReport : IReport
{
    public TimeSpan Interval { get; } = TimeSpan.FromSeconds(1);

    public void Note(string name, string text) => Console.WriteLine(text);

    public void Xrun(XrunEvent xrun)
    {
        if (Texts.IsWorthALine(xrun))
        {
            Console.WriteLine(Texts.Of(xrun));
        }
    }

    public void Begin(RunStart start) => Console.WriteLine(Texts.Of(start));

    public void Progress(RunProgress progress)
    {
        string peaks = string.Join(' ', progress.PeakDb.Select(Texts.Level));
        Console.WriteLine($"{Texts.Place(progress)}  peak {peaks} dB, {Texts.Health(progress.Stats, progress.Underruns, progress.Counts)}{Texts.Behind(", ", Texts.Of(progress.Hops))}");
    }

    public Task AroundAsync(Func<Task> body) => body();

    public void End(RunSummary summary) => Console.WriteLine(Texts.Of(summary));
}
