// SPDX-License-Identifier: MIT
using AudioMesh.Cli.Demo.Judging;
using AudioMesh.Cli.Eval.Report;

namespace AudioMesh.Cli.Demo.Page;

/// <summary>The whole of it to listen to, and its figures.</summary>
internal static class SoundSection
{
    private const double MostSeconds = 20;

    public static void Write(HtmlText page, DemoResult result)
    {
        page.AddRaw("<section>\n<h2>What B heard</h2>\n<p>The same packets twice: with what was lost predicted, and with silence in its place.</p>\n");
        int frames = (int)Math.Min(result.Reference.Samples.Length, MostSeconds * result.Reference.Rate);
        page.AddRaw("<div class=\"tiles whole\">\n");
        WritePlayer(page, "reference", "What A played", result.Reference.Samples.AsSpan(0, frames), result.Reference.Rate);
        foreach ((string method, float[] heard) in result.Heard)
        {
            WritePlayer(page, method, method == "zero" ? "Without prediction" : "With prediction", heard.AsSpan(0, frames), result.Reference.Rate);
        }

        page.AddRaw("</div>\n");
        if (result.Figures.Count > 0)
        {
            page.Add($"<p class=\"note\">Judged from {(double)result.FirstFrame / result.Reference.Rate:0.000} s on, when both had begun to play.</p>\n");
            StreamSection.WriteFigures(page, result.Figures);
            StreamSection.WriteMeanings(page);
        }
        else
        {
            page.AddRaw("<p class=\"note\">Too little was heard to judge it.</p>\n");
        }

        page.AddRaw("</section>\n");
    }

    private static void WritePlayer(HtmlText page, string method, string title, ReadOnlySpan<float> samples, int rate)
    {
        page.Add($"<div><h4><i class=\"dot {MethodName.Classes(method)}\"></i>{title}</h4><audio controls=\"controls\" preload=\"none\" ");
        page.Add($"src=\"data:audio/wav;base64,{Convert.ToBase64String(WavSound.Write(samples, rate))}\"></audio></div>\n");
    }
}
