// SPDX-License-Identifier: MIT
using AudioMesh.Cli.Eval.Report;

namespace AudioMesh.Cli.Demo.Page;

/// <summary>Lines over time.</summary>
internal static class TimeChart
{
    private const int Left = 44;
    private const int Right = 850;
    private const int Top = 12;
    private const int Bottom = 220;
    private const int Ticks = 6;

    public static void Write(HtmlText page, string title, string axes, IReadOnlyList<TimeSeries> series)
    {
        (double X, double Y)[] all = [.. series.SelectMany(line => line.Points)];
        if (all.Length == 0)
        {
            return;
        }

        double end = Math.Max(1e-3, all.Max(point => point.X)), high = Math.Max(1, Math.Ceiling(all.Max(point => point.Y)));
        double X(double x) => Left + (x / end * (Right - Left));
        double Y(double y) => Bottom - (Math.Max(0, y) / high * (Bottom - Top));
        page.Add($"<figure class=\"chart\"><svg viewBox=\"0 0 960 262\" role=\"img\" aria-label=\"{title}\">\n");
        for (int tick = 0; tick <= Ticks; tick++)
        {
            double x = end * tick / Ticks, y = high * tick / Ticks;
            page.Add($"<line class=\"grid\" x1=\"{Left}\" x2=\"{Right}\" y1=\"{Y(y):0.0}\" y2=\"{Y(y):0.0}\"/><text class=\"y\" x=\"{Left - 8}\" y=\"{Y(y) + 4:0.0}\">{y:0.0}</text>");
            page.Add($"<text class=\"x\" x=\"{X(x):0.0}\" y=\"{Bottom + 18}\">{x:0.0}</text>\n");
        }

        for (int line = 0; line < series.Count; line++)
        {
            page.Add($"<g class=\"series {series[line].Style}\"><polyline points=\"");
            foreach ((double x, double y) in series[line].Points)
            {
                page.Add($"{X(x):0.0},{Y(y):0.0} ");
            }

            page.Add($"\"/><text x=\"{Right + 10}\" y=\"{Top + 12 + (18 * line)}\">{series[line].Name}</text></g>\n");
        }

        page.Add($"<text class=\"axis\" x=\"{Left}\" y=\"{Bottom + 38}\">{axes}</text></svg><figcaption>{title}</figcaption></figure>\n");
    }
}
