// SPDX-License-Identifier: MIT
using AudioMesh.Cli.Eval.Results;

namespace AudioMesh.Cli.Eval.Report;

/// <summary>An evaluation as a page for a browser: one file that needs nothing else.</summary>
internal static class EvalPage
{
    public static string Write(EvalResult result)
    {
        HtmlText page = new();
        page.AddRaw("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n");
        page.AddRaw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n<meta name=\"color-scheme\" content=\"light dark\"/>\n");
        page.AddRaw($"<title>AudioMesh: what is lost, predicted</title>\n<style>\n{PageParts.Style}</style>\n</head>\n<body>\n");
        Head(page, result);
        if (result.Isolated is { } isolated)
        {
            GapSection.Write(page, isolated);
            HeatSection.Write(page, isolated);
        }

        StreamSection.Write(page, result.Streams);
        MethodSection.Write(page, result);
        if (result.Isolated is not null)
        {
            ExampleSection.Write(page, result);
        }

        page.AddRaw($"<script>\n{PageParts.Script}</script>\n</body>\n</html>\n");
        return page.ToString();
    }

    private static void Head(HtmlText page, EvalResult result)
    {
        page.Add($"<header>\n<h1>What is lost, predicted</h1>\n<p class=\"lead\">{result.Methods.Count} ways to conceal lost audio, on {result.Clips.Count} ");
        page.Add($"recordings from <b>{Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(result.Plan.Corpus)))}</b>. ");
        page.Add($"Seed {$"{result.Plan.Seed}"}.</p>\n");
        page.AddRaw("<p>An error is given in decibels of what was lost: 0 is silence, \u221210 leaves a tenth of the energy in error, and above 0 ");
        page.AddRaw("silence would have been closer. Each gap counts from \u221240 to +6 dB; gaps in silence do not count.</p>\n");
        foreach (SkippedClip skipped in result.Skipped)
        {
            page.Add($"<p class=\"note\">Left out: {skipped.Name}: {skipped.Reason}</p>\n");
        }

        page.AddRaw("</header>\n");
    }
}
