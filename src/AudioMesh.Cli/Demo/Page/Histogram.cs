// SPDX-License-Identifier: MIT
using AudioMesh.Cli.Eval.Metrics;
using AudioMesh.Cli.Eval.Report;

namespace AudioMesh.Cli.Demo.Page;

/// <summary>How milliseconds are spread, as bars; what is beyond 99.9 % is in the last one.</summary>
internal static class Histogram
{
    private const int Bars = 60;
    private const int Left = 44;
    private const int Width = 900;
    private const int Top = 8;
    private const int Bottom = 150;

    public static void Write(HtmlText page, string title, IReadOnlyList<double> values)
    {
        if (values.Count == 0)
        {
            page.Add($"<p class=\"note\">{title}: nothing was heard.</p>\n");
            return;
        }

        double low = values.Min();
        double high = Math.Max(low + 0.1, Quantile.Of(values, 0.999)!.Value);
        int[] counts = new int[Bars];
        foreach (double value in values)
        {
            counts[Math.Clamp((int)((value - low) / (high - low) * Bars), 0, Bars - 1)]++;
        }

        page.Add($"<figure class=\"chart\"><svg viewBox=\"0 0 960 196\" role=\"img\" aria-label=\"{title}\">\n");
        double most = counts.Max();
        double step = (double)Width / Bars;
        for (int bar = 0; bar < Bars; bar++)
        {
            double height = counts[bar] / most * (Bottom - Top);
            double from = low + ((high - low) * bar / Bars);
            page.Add($"<rect class=\"bar\" x=\"{Left + (bar * step):0.0}\" y=\"{Bottom - height:0.0}\" width=\"{step - 1:0.0}\" height=\"{height:0.0}\">");
            page.Add($"<title>{from:0.00} to {from + ((high - low) / Bars):0.00} ms: {counts[bar]}</title></rect>\n");
        }

        page.Add($"<line class=\"grid\" x1=\"{Left}\" x2=\"{Left + Width}\" y1=\"{Bottom}\" y2=\"{Bottom}\"/>");
        for (int tick = 0; tick <= 6; tick++)
        {
            page.Add($"<text class=\"x\" x=\"{Left + (Width * tick / 6.0):0.0}\" y=\"{Bottom + 18}\">{low + ((high - low) * tick / 6):0.0}</text>");
        }

        page.Add($"<text class=\"axis\" x=\"{Left}\" y=\"{Bottom + 38}\">ms; {values.Count} measured</text></svg><figcaption>{title}: ");
        page.Add($"p50 {Quantile.Of(values, 0.5)!.Value:0.00}, p99 {Quantile.Of(values, 0.99)!.Value:0.00}, at most {values.Max():0.00} ms</figcaption></figure>\n");
    }
}
