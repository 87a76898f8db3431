// SPDX-License-Identifier: MIT
using AudioMesh.Cli.Demo.Judging;
using AudioMesh.Cli.Eval.Losses;
using AudioMesh.Cli.Eval.Report;

namespace AudioMesh.Cli.Demo.Page;

/// <summary>Which packets did not come.</summary>
internal static class LossSection
{
    private const int Width = 960;
    private const int RowHeight = 14;

    public static void Write(HtmlText page, DemoResult result)
    {
        page.AddRaw("<section>\n<h2>Losses</h2>\n<p>A row a second, a mark a packet that was missing: <span class=\"bad-text\">lost on the link</span>, or <span class=\"late-text\">too late</span>. ");
        page.AddRaw("The same seed loses the same packets; which come too late is up to this machine.</p>\n");
        WriteMap(page, "From A to B", result.There, result.Late, result.Record.Rate);
        WriteMap(page, "From B to A", result.Back, [], result.Record.Rate);
        page.AddRaw("</section>\n");
    }

    private static void WriteMap(HtmlText page, string title, LossTrace trace, IReadOnlyList<bool> late, int rate)
    {
        double perRow = Math.Max(1, (double)rate / trace.PacketFrames);
        int rows = Math.Max(1, (int)Math.Ceiling(trace.Lost.Count / perRow));
        page.Add($"<h3>{title} <span>{trace.Lost.Count(lost => lost)} of {trace.Lost.Count} packets lost</span></h3>\n");
        page.Add($"<figure class=\"plot losses\"><svg viewBox=\"0 0 {Width} {rows * RowHeight}\" role=\"img\" aria-label=\"Losses {title}\">\n");
        for (int row = 0; row < rows; row++)
        {
            double packets = Math.Min(perRow, trace.Lost.Count - (row * perRow));
            page.Add($"<rect class=\"row\" x=\"0\" y=\"{row * RowHeight}\" width=\"{packets / perRow * Width:0.0}\" height=\"{RowHeight - 2}\"/>");
        }

        for (int packet = 0; packet < trace.Lost.Count; packet++)
        {
            bool isLate = packet < late.Count && late[packet];
            if (trace.Lost[packet] || isLate)
            {
                int row = (int)(packet / perRow);
                double x = (packet - (row * perRow)) / perRow * Width;
                page.Add($"<rect class=\"{(isLate ? "late" : "lost")}\" x=\"{x:0.0}\" y=\"{row * RowHeight}\" width=\"{Math.Max(1.5, Width / perRow):0.0}\" height=\"{RowHeight - 2}\"/>");
            }
        }

        page.AddRaw("</svg></figure>\n");
    }
}
