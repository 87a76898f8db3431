// SPDX-License-Identifier: MIT
using AudioMesh.Cli.Demo.Judging;
using AudioMesh.Cli.Eval.Report;

namespace AudioMesh.Cli.Demo.Page;

/// <summary>How long sound took: hop by hop, and how that was spread.</summary>
internal static class LatencySection
{
    public static void Write(HtmlText page, DemoResult result)
    {
        page.AddRaw("<section>\n<h2>Latency</h2>\n<p>From the place of A's microphone to that of B's loudspeaker, and back again: every packet that was heard.</p>\n");
        Histogram.Write(page, "Latency from A to B", result.TimesThere.All.Ms);
        Histogram.Write(page, "Latency from A to B and back", result.RoundTrip.Ms);
        page.AddRaw("<h3>Hop by hop</h3>\n<div class=\"wide\"><table class=\"figures\">\n<thead><tr><th class=\"text\">HOP</th><th class=\"text\"></th>");
        page.AddRaw("<th scope=\"col\">P50 ms</th><th scope=\"col\">P99 ms</th><th scope=\"col\">MOST ms</th></tr></thead>\n<tbody>\n");
        WriteWay(page, "A to B", result.TimesThere.Hops("A", "B"), result.TimesThere.All);
        WriteWay(page, "B to A", result.TimesBack.Hops("B", "A"), result.TimesBack.All);
        WriteRow(page, "A to B to A", result.RoundTrip, isSum: true);
        page.AddRaw("</tbody></table></div>\n</section>\n");
    }

    private static void WriteWay(HtmlText page, string way, IReadOnlyList<Hop> hops, Hop all)
    {
        foreach (Hop hop in hops)
        {
            WriteRow(page, $"{way}: {hop.Name}", hop, isSum: false);
        }

        WriteRow(page, $"{way}: {all.Name}", all, isSum: true);
    }

    private static void WriteRow(HtmlText page, string name, Hop hop, bool isSum)
    {
        page.Add($"<tr class=\"{(isSum ? "ours" : "")}\"><th scope=\"row\">{name}</th><td class=\"text\"><small>{hop.Meaning}</small></td>");
        page.Add($"<td>{Figures.Of(hop.P50, "0.00")}</td><td>{Figures.Of(hop.P99, "0.00")}</td><td>{Figures.Of(hop.Most, "0.00")}</td></tr>\n");
    }
}
