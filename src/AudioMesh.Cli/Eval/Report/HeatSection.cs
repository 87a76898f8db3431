// SPDX-License-Identifier: MIT
using AudioMesh.Cli.Eval.Results;

namespace AudioMesh.Cli.Eval.Report;

/// <summary>Single gaps recording by recording: a table for each length, its cells the deeper the farther from silence.</summary>
internal static class HeatSection
{
    public static void Write(HtmlText page, IsolatedResult isolated)
    {
        page.AddRaw("<section>\n<h2>Recording by recording</h2>\n");
        page.AddRaw("<p>Mean error in dB. Green is closer to what was lost than silence, red is farther.</p>\n");
        page.AddRaw("<div class=\"tabs\"><div role=\"tablist\">");
        foreach (int length in isolated.Lengths)
        {
            page.Add($"<button role=\"tab\" data-panel=\"heat-{length}\">{length}</button>");
        }

        page.AddRaw(" frames</div>\n");
        for (int length = 0; length < isolated.Lengths.Count; length++)
        {
            WriteTable(page, isolated, length);
        }

        page.AddRaw("</div>\n</section>\n");
    }

    private static void WriteTable(HtmlText page, IsolatedResult isolated, int length)
    {
        page.Add($"<div class=\"wide panel\" id=\"heat-{isolated.Lengths[length]}\"><table class=\"heat\">\n");
        page.Add($"<caption>Gaps of {isolated.Lengths[length]} frames</caption>\n<thead><tr><th></th>");
        foreach (MethodGaps method in isolated.Overall)
        {
            page.Add($"<th scope=\"col\"><i class=\"dot {MethodName.Classes(method.Method)}\"></i>{method.Method}</th>");
        }

        page.AddRaw("</tr></thead>\n<tbody>\n");
        foreach (ClipGaps clip in isolated.Clips)
        {
            page.Add($"<tr><th scope=\"row\">{clip.Clip}</th>");
            foreach (MethodGaps method in clip.Methods)
            {
                HeatCell.Write(page, method.ByLength[length]?.MeanDb);
            }

            page.AddRaw("</tr>\n");
        }

        page.AddRaw("</tbody></table></div>\n");
    }
}
