// SPDX-License-Identifier: MIT
using System.Text;
using AudioMesh.Cli.Runs;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace AudioMesh.Cli.Reports;

/// <summary>Draws a bar a channel (RMS filled, peak as a mark) and the position below.</summary>
internal static class MeterView
{
    private const double FloorDb = -60;
    private const double LoudDb = -18;
    private const double HotDb = -3;
    private const int MaxBars = 16;
    private const int WidestBar = 60;
    private const int LabelWidth = 24;

    public static IRenderable Of(RunProgress progress, int consoleWidth)
    {
        int cells = Math.Clamp(consoleWidth - LabelWidth, 10, WidestBar);
        List<IRenderable> lines = [];
        for (int channel = 0; channel < Math.Min(progress.PeakDb.Count, MaxBars); channel++)
        {
            string level = Texts.Level(progress.PeakDb[channel]);
            lines.Add(new Markup($"{channel + 1,3} {Bar(progress.RmsDb[channel], progress.PeakDb[channel], cells)} {level,6} dB"));
        }

        if (progress.PeakDb.Count > MaxBars)
        {
            lines.Add(new Text($"    and {progress.PeakDb.Count - MaxBars} channels more"));
        }

        lines.Add(new Markup($"    {Position(progress, cells)} {Texts.Place(progress)}"));
        lines.Add(new Markup($"    [grey]{Texts.Health(progress.Stats, progress.Underruns, progress.Counts)}[/]"));
        if (progress.Hops.Count > 0)
        {
            lines.Add(new Markup($"    [grey]{Texts.Of(progress.Hops)}[/]"));
        }

        return new Rows(lines);
    }

    /// <summary>A channel, as markup.</summary>
    public static string Bar(double rmsDb, double peakDb, int cells)
    {
        int filled = CellOf(rmsDb, cells);
        int peak = CellOf(peakDb, cells) - 1;
        StringBuilder bar = new();
        for (int cell = 0; cell < cells; cell++)
        {
            double db = FloorDb * (1 - ((cell + 1.0) / cells));
            string colour = db > HotDb ? "red" : db > LoudDb ? "yellow" : "green";
            bar.Append(cell == peak ? $"[{colour}]|[/]" : cell < filled ? $"[{colour}]\u2588[/]" : "[grey]\u00b7[/]");
        }

        return bar.ToString();
    }

    private static int CellOf(double db, int cells) =>
        double.IsFinite(db) ? (int)Math.Round(Math.Clamp(1 - (db / FloorDb), 0, 1) * cells) : 0;

    private static string Position(RunProgress progress, int cells)
    {
        if (progress.LengthSeconds is not > 0)
        {
            return "";
        }

        int done = (int)(Math.Clamp(progress.PositionSeconds / progress.LengthSeconds.Value, 0, 1) * cells);
        return $"[blue]{new string('\u2501', done)}[/][grey]{new string('\u2500', cells - done)}[/]";
    }
}
