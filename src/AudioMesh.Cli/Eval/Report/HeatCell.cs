// SPDX-License-Identifier: MIT
namespace AudioMesh.Cli.Eval.Report;

/// <summary>An error in dB, on a ground that is the deeper the farther it is from silence.</summary>
internal static class HeatCell
{
    private const double DeepestGoodDb = -30;
    private const double DeepestBadDb = 6;
    private const double LeastBadDb = 0.05;

    public static void Write(HtmlText page, double? db)
    {
        bool isBad = db >= LeastBadDb;
        double depth = db is { } value ? Math.Clamp(value / (isBad ? DeepestBadDb : DeepestGoodDb), 0, 1) : 0;
        page.Add($"<td class=\"{(isBad ? "bad" : "good")}\" style=\"--depth:{100 * depth:0}%\">{Figures.Decibels(db)}</td>");
    }
}
