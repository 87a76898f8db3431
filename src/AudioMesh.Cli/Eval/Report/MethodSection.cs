// SPDX-License-Identifier: MIT
using AudioMesh.Cli.Eval.Results;

namespace AudioMesh.Cli.Eval.Report;

/// <summary>What the methods are and what they cost.</summary>
internal static class MethodSection
{
    public static void Write(HtmlText page, EvalResult result)
    {
        page.Add($"<section>\n<h2>Methods</h2>\n<p>Times are those of one packet of {result.Plan.PacketFrames} frames on this machine, one thread. ");
        page.AddRaw("The hash is of every sample a method gave.</p>\n<div class=\"wide\"><table class=\"figures methods\">\n");
        page.AddRaw("<thead><tr><th></th><th class=\"text\">is</th>");
        page.AddRaw("<th>fill p50</th><th>p99</th><th>receive p50</th><th>p99</th><th>hash</th></tr></thead>\n<tbody>\n");
        foreach (MethodSummary method in result.Methods)
        {
            MethodName.WriteRowHead(page, method.Method.Name);
            page.Add($"<td class=\"text\">{method.Method.Description}</td>");
            foreach (double ns in (double[])[method.Fill.P50Ns, method.Fill.P99Ns, method.Receive.P50Ns, method.Receive.P99Ns])
            {
                page.Add($"<td>{Figures.Microseconds(ns)} \u00b5s</td>");
            }

            page.Add($"<td><code>{$"{method.OutputHash:x16}"}</code></td></tr>\n");
        }

        page.AddRaw("</tbody></table></div>\n</section>\n");
    }
}
