// SPDX-License-Identifier: MIT
using AudioMesh.Cli.Eval.Results;

namespace AudioMesh.Cli.Eval.Report;

/// <summary>Whole streams with losses: a table for each way to lose.</summary>
internal static class StreamSection
{
    public static void Write(HtmlText page, IReadOnlyList<StreamResult> streams)
    {
        if (streams.Count == 0)
        {
            return;
        }

        page.AddRaw("<section>\n<h2>Streams</h2>\n");
        page.AddRaw("<p>Each recording sent once with losses that are the same for every method. Means over the recordings.</p>\n");
        foreach (StreamResult stream in streams)
        {
            page.Add($"<h3>{stream.Scenario.Name}</h3>\n<p class=\"note\">{stream.Scenario.Description}; ");
            page.Add($"packets of {stream.Scenario.PacketFrames} frames, {100 * stream.LostShare:0.0} % lost; trace {$"{stream.TraceHash:x16}"}.</p>\n");
            WriteFigures(page, stream.Overall);
        }

        WriteMeanings(page);
        page.AddRaw("</section>\n");
    }

    /// <summary>What the headings of <see cref="WriteFigures"/> mean.</summary>
    public static void WriteMeanings(HtmlText page)
    {
        page.AddRaw("<dl class=\"meanings\">\n");
        foreach (StreamFigure figure in StreamFigure.All)
        {
            page.Add($"<div><dt>{figure.Heading}</dt><dd>{figure.Meaning}</dd></div>\n");
        }

        page.AddRaw("</dl>\n");
    }

    /// <summary>A row a method.</summary>
    public static void WriteFigures(HtmlText page, IReadOnlyList<MethodFigures> methods)
    {
        page.AddRaw("<div class=\"wide\"><table class=\"figures\">\n<thead><tr><th></th>");
        foreach (StreamFigure figure in StreamFigure.All)
        {
            page.Add($"<th scope=\"col\" title=\"{figure.Meaning}\">{figure.Heading}</th>");
        }

        page.AddRaw("</tr></thead>\n<tbody>\n");
        foreach (MethodFigures method in methods)
        {
            MethodName.WriteRowHead(page, method.Method);
            for (int figure = 0; figure < StreamFigure.All.Count; figure++)
            {
                page.Add($"<td>{Figures.Of(method.Values[figure], StreamFigure.All[figure].Format)}</td>");
            }

            page.AddRaw("</tr>\n");
        }

        page.AddRaw("</tbody></table></div>\n");
    }
}
