// SPDX-License-Identifier: MIT
using System.Net;
using System.Text;

namespace AudioMesh.Latency.Reports;

/// <summary>A page for a browser: the share of periods missed by host and collector, and the tails of lateness on a logarithmic scale.</summary>
internal static class StormPage
{
    private const int Left = 260;
    private const int Width = 600;
    private const int Row = 34;

    public static string Write(StormReport[] reports)
    {
        StringBuilder page = new();
        page.Append("<!doctype html><meta charset=\"utf-8\"><title>AudioMesh: an allocation storm</title>");
        page.Append("<style>body{font:15px sans-serif;margin:2em;max-width:60em}text{font-size:13px}.i{fill:#2a9d8f}.m{fill:#e76f51}</style>");
        page.Append("<h1>An allocation storm</h1>");
        page.Append("<h2>Periods the device went without, of 100</h2>");
        Bars(page, reports, report => 100.0 * report.Missed / Math.Max(1, report.Periods + report.Missed), 100, value => $"{value:F2}");
        page.Append("<h2>Lateness at p99.9, logarithmic from 1 us to 1 s</h2>");
        Bars(page, reports, report => Math.Log10(Math.Max(1, report.LatenessUs.P999)), 6, value => $"{Math.Pow(10, value):F0} us");
        page.Append("<h2>Longest pause of the app's runtime, of 500 ms</h2>");
        Bars(page, reports, report => Math.Min(500, report.App.LongestPauseMs), 500, value => $"{value:F0} ms");
        Gaps(page, reports);
        return page.ToString();
    }

    /// <summary>The same gaps twice: as they were heard, and as zeros would have been.</summary>
    private static void Gaps(StringBuilder page, StormReport[] reports)
    {
        StormReport[] late = Array.FindAll(reports, report => report.UnderrunFrames > 0);
        double longest = late.Select(report => report.Gaps.TotalMs).DefaultIfEmpty(1).Max();
        page.Append("<h2>Silence in the app's gaps, predicted</h2>");
        Bars(page, late, report => report.Gaps.SilentMs, longest, value => $"{value:F1} ms");
        page.Append("<h2>The same gaps filled with zeros</h2>");
        Bars(page, late, report => report.Gaps.SilentMsByZeroFill, longest, value => $"{value:F1} ms");
    }

    private static void Bars(StringBuilder page, StormReport[] reports, Func<StormReport, double> value, double full, Func<double, string> text)
    {
        page.Append($"<svg width=\"{Left + Width + 100}\" height=\"{(reports.Length * Row) + 10}\">");
        for (int i = 0; i < reports.Length; i++)
        {
            double share = value(reports[i]) / full;
            int y = i * Row;
            page.Append($"<text x=\"0\" y=\"{y + 20}\">{WebUtility.HtmlEncode($"{reports[i].Host}; {reports[i].Gc}")}</text>");
            page.Append($"<rect class=\"{reports[i].Host[0]}\" x=\"{Left}\" y=\"{y + 5}\" width=\"{Math.Max(1, share * Width):F0}\" height=\"20\"/>");
            page.Append($"<text x=\"{Left + Math.Max(1, share * Width) + 6:F0}\" y=\"{y + 20}\">{text(value(reports[i]))}</text>");
        }

        page.Append("</svg>");
    }
}
