// SPDX-License-Identifier: MIT
using AudioMesh.Cli.Demo.Judging;
using AudioMesh.Cli.Eval.Report;

namespace AudioMesh.Cli.Demo.Page;

/// <summary>A demo as a page for a browser: one file that needs nothing else, and no script.</summary>
internal static class DemoPage
{
    public static string Write(DemoResult result)
    {
        HtmlText page = new();
        page.AddRaw("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n");
        page.AddRaw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n<meta name=\"color-scheme\" content=\"light dark\"/>\n");
        page.AddRaw($"<title>AudioMesh: two nodes over a lossy link</title>\n<style>\n{PageParts.Style}</style>\n</head>\n<body>\n");
        Head(page, result);
        SoundSection.Write(page, result);
        LatencySection.Write(page, result);
        DepthSection.Write(page, result);
        LossSection.Write(page, result);
        if (result.Examples.Count > 0)
        {
            ExampleSection.WriteAll(page, result.Examples, [result.Reference], example => [example.GapFrames]);
        }

        page.AddRaw($"<script>\n{PageParts.Script}</script>\n</body>\n</html>\n");
        return page.ToString();
    }

    private static void Head(HtmlText page, DemoResult result)
    {
        Live.DemoRecord record = result.Record;
        int lost = result.There.Lost.Count(one => one), late = result.Late.Count(one => one);
        page.Add($"<header>\n<h1>Two nodes over a lossy link</h1>\n<p class=\"lead\">A played {record.Plan.Name} to B, B played it and sent it back to A. ");
        page.Add($"Of {result.There.Lost.Count} packets of {result.There.PacketFrames} frames the link lost {lost} and {late} came too late.</p>\n");
        page.Add($"<p>Link: {record.Plan.Preset}, seed {$"{record.Plan.Seed}"}, losses {$"{result.There.Hash:x16}"}. ");
        page.Add($"Device of B: {record.Device.Driver} {record.Device.Device}, {record.Rate} Hz, {record.Device.PeriodFrames} frames.</p>\n");
        if (record.FallbackReason is { } reason)
        {
            page.Add($"<p class=\"note\">No sound device or server was there, so nobody heard this. {reason}</p>\n");
        }

        if (record.IsInterrupted)
        {
            page.AddRaw("<p class=\"note\">Interrupted: this is of what had been played by then.</p>\n");
        }

        page.AddRaw("</header>\n");
    }
}
