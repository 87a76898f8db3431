// SPDX-License-Identifier: MIT
using AudioMesh.Cli.Demo.Judging;
using AudioMesh.Cli.Demo.Live;
using AudioMesh.Cli.Eval.Report;

namespace AudioMesh.Cli.Demo.Page;

/// <summary>The jitter buffers over time.</summary>
internal static class DepthSection
{
    public static void Write(HtmlText page, DemoResult result)
    {
        page.AddRaw("<section>\n<h2>Depth</h2>\n<p>How long the fastest packets wait in the jitter buffer, and how much later than those the others come. ");
        page.AddRaw("It grows at once when packets come later, and shrinks slowly.</p>\n");
        IReadOnlyList<DemoProgress> history = result.Record.History;
        TimeChart.Write(page, "Depth of the jitter buffers over time", "ms over seconds",
        [
            new("B's depth", "pnbtr", Series(history, at => at.B, node => node.DepthMs)),
            new("B's jitter", "zero", Series(history, at => at.B, node => node.JitterMs)),
            new("A's depth", "pnbtr-hq", Series(history, at => at.A, node => node.DepthMs)),
        ]);
        page.Add($"<p class=\"note\">At the end: {Output.DemoTexts.Of(result.Record.End.B)}; {Output.DemoTexts.Of(result.Record.End.A)}.</p>\n</section>\n");
    }

    private static IReadOnlyList<(double X, double Y)> Series(IReadOnlyList<DemoProgress> history, Func<DemoProgress, NodeFigures> node, Func<NodeFigures, double> figure) =>
        [.. history.Select(at => (at.Seconds, figure(node(at)))).Where(point => double.IsFinite(point.Item2))];
}
