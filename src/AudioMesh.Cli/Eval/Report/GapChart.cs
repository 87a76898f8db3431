// SPDX-License-Identifier: MIT
using AudioMesh.Cli.Eval.Results;

namespace AudioMesh.Cli.Eval.Report;

/// <summary>A line for each method: the mean error over the length of the gap.</summary>
internal static class GapChart
{
    private const int Left = 44;
    private const int Right = 828;
    private const int Top = 12;
    private const int Bottom = 372;
    private const int LabelHeight = 15;
    private const double StepDb = 5;

    public static void Write(HtmlText page, IsolatedResult isolated)
    {
        double[] means = [.. isolated.Overall.SelectMany(method => method.ByLength).Select(figures => figures?.MeanDb).OfType<double>()];
        if (means.Length == 0)
        {
            return;
        }

        double high = Math.Max(StepDb, Math.Ceiling(means.Max() / StepDb) * StepDb);
        double low = Math.Min(-StepDb, Math.Floor(means.Min() / StepDb) * StepDb);
        double Y(double db) => Top + ((high - db) / (high - low) * (Bottom - Top));
        page.AddRaw("<figure class=\"chart\"><svg viewBox=\"0 0 960 412\" role=\"img\" ");
        page.AddRaw("aria-label=\"Mean error over the length of the gap, a line for each method\">\n");
        for (double db = low; db <= high; db += StepDb)
        {
            page.Add($"<line class=\"{(db == 0 ? "silence" : "grid")}\" x1=\"{Left}\" x2=\"{Right}\" y1=\"{Y(db):0.0}\" y2=\"{Y(db):0.0}\"/>");
            page.Add($"<text class=\"y\" x=\"{Left - 8}\" y=\"{Y(db) + 4:0.0}\">{Figures.Of(db, "0")}</text>\n");
        }

        WriteLengths(page, isolated.Lengths);
        double[] labels = Labels(isolated, Y);
        for (int method = 0; method < isolated.Overall.Count; method++)
        {
            WriteSeries(page, isolated, isolated.Overall[method], Y, labels[method]);
        }

        page.AddRaw("</svg></figure>\n");
    }

    private static double X(IReadOnlyList<int> lengths, int place)
    {
        double from = Math.Log2(lengths[0]), to = Math.Log2(lengths[^1]);
        return to > from ? Left + 16 + ((Math.Log2(lengths[place]) - from) / (to - from) * (Right - Left - 32)) : (Left + Right) / 2.0;
    }

    private static void WriteLengths(HtmlText page, IReadOnlyList<int> lengths)
    {
        for (int place = 0; place < lengths.Count; place++)
        {
            page.Add($"<text class=\"x\" x=\"{X(lengths, place):0.0}\" y=\"{Bottom + 20}\">{lengths[place]}</text>");
        }

        page.Add($"<text class=\"axis\" x=\"{Left}\" y=\"{Bottom + 38}\">dB over frames lost</text>\n");
    }

    private static void WriteSeries(HtmlText page, IsolatedResult isolated, MethodGaps method, Func<double, double> y, double label)
    {
        (double X, double Y, double Db, int Length)[] points =
        [
            .. Enumerable.Range(0, isolated.Lengths.Count)
                .Where(place => method.ByLength[place] is not null)
                .Select(place => (X(isolated.Lengths, place), y(method.ByLength[place]!.MeanDb), method.ByLength[place]!.MeanDb, isolated.Lengths[place])),
        ];
        page.Add($"<g class=\"series {MethodName.Classes(method.Method)}\"><polyline points=\"");
        foreach ((double x, double at, _, _) in points)
        {
            page.Add($"{x:0.0},{at:0.0} ");
        }

        page.AddRaw("\"/>");
        foreach ((double x, double at, double db, int length) in points)
        {
            page.Add($"<circle cx=\"{x:0.0}\" cy=\"{at:0.0}\" r=\"3\"><title>{method.Method}, {length} frames: {Figures.Decibels(db)} dB</title></circle>");
        }

        page.Add($"<text x=\"{Right + 4}\" y=\"{label + 4:0.0}\">{method.Method}</text></g>\n");
    }

    /// <summary>Where the name of each method stands: at the end of its line, or as near as the other names let it.</summary>
    private static double[] Labels(IsolatedResult isolated, Func<double, double> y)
    {
        double[] wanted = [.. isolated.Overall.Select(method => y(method.ByLength[^1]?.MeanDb ?? 0))];
        int[] order = [.. Enumerable.Range(0, wanted.Length).OrderBy(method => wanted[method])];
        double[] places = new double[wanted.Length];
        double next = double.NegativeInfinity;
        foreach (int method in order)
        {
            next = places[method] = Math.Max(wanted[method], next);
            next += LabelHeight;
        }

        double over = Math.Max(0, next - LabelHeight - Bottom);
        return [.. places.Select(place => place - over)];
    }
}
