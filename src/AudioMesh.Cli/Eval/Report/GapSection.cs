// SPDX-License-Identifier: MIT
using AudioMesh.Cli.Eval.Results;

namespace AudioMesh.Cli.Eval.Report;

/// <summary>Single gaps by length: the chart and the table of its figures.</summary>
internal static class GapSection
{
    public static void Write(HtmlText page, IsolatedResult isolated)
    {
        page.Add($"<section>\n<h2>Single gaps</h2>\n<p>Streams in packets of {isolated.PacketFrames} frames that lose nothing but one gap; its first ");
        page.Add($"{isolated.Lengths[0]} to {isolated.Lengths[^1]} frames are judged. Means over the recordings.</p>\n");
        GapChart.Write(page, isolated);
        page.AddRaw("<div class=\"wide\"><table class=\"figures\">\n");
        page.AddRaw("<caption>Mean error in dB, below it median and 90th percentile</caption>\n<thead><tr><th></th>");
        foreach (int length in isolated.Lengths)
        {
            page.Add($"<th scope=\"col\">{length}</th>");
        }

        page.AddRaw("</tr></thead>\n<tbody>\n");
        foreach (MethodGaps method in isolated.Overall)
        {
            MethodName.WriteRowHead(page, method.Method);
            for (int length = 0; length < isolated.Lengths.Count; length++)
            {
                Cell(page, method.ByLength[length], IsBest(isolated, method, length));
            }

            page.AddRaw("</tr>\n");
        }

        page.AddRaw("</tbody></table></div>\n</section>\n");
    }

    private static void Cell(HtmlText page, GapFigures? figures, bool isBest)
    {
        page.Add($"<td class=\"{(isBest ? "best" : "")}\">{Figures.Decibels(figures?.MeanDb)}");
        page.Add($"<small>{Figures.Decibels(figures?.MedianDb)} \u00b7 {Figures.Decibels(figures?.P90Db)}</small></td>");
    }

    private static bool IsBest(IsolatedResult isolated, MethodGaps method, int length) =>
        method.ByLength[length]?.MeanDb is { } mean && mean <= isolated.Overall.Min(other => other.ByLength[length]?.MeanDb);
}
