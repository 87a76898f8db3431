// SPDX-License-Identifier: MIT
using AudioMesh.Cli.Eval.Results;

namespace AudioMesh.Cli.Eval.Report;

/// <summary>Gaps to look at and to listen to.</summary>
internal static class ExampleSection
{
    public static void Write(HtmlText page, EvalResult result)
    {
        IReadOnlyList<GapExample> examples = ExampleRanking.Choose(result.Isolated!.Examples);
        if (examples.Count == 0)
        {
            return;
        }

        WriteAll(page, examples, result.Clips, _ => result.Isolated!.Lengths);
    }

    /// <summary>These, each with its errors by the lengths that <paramref name="lengthsOf"/> gives.</summary>
    public static void WriteAll(HtmlText page, IReadOnlyList<GapExample> examples, IReadOnlyList<Clip> clips, Func<GapExample, IReadOnlyList<int>> lengthsOf)
    {
        Listening listening = Listening.For(examples);
        page.Add($"<section>\n<h2>To look at and to listen to</h2>\n<p>Gaps chosen by what {examples[0].Judged} made of them. ");
        page.AddRaw("A click on a picture plays it. The lines of the waveform are switched by the names below it.</p>\n");
        foreach (GapExample example in examples)
        {
            WriteExample(page, clips, example, listening, lengthsOf(example));
        }

        page.AddRaw("</section>\n");
    }

    private static void WriteExample(HtmlText page, IReadOnlyList<Clip> clips, GapExample example, Listening listening, IReadOnlyList<int> lengths)
    {
        double ms = example.GapFrames * 1000.0 / example.Rate;
        page.Add($"<article class=\"example\">\n<h3>{example.Clip} <span>{example.Why} for {example.Judged}, ");
        page.Add($"{Figures.Decibels(ExampleRanking.Judge(example))} dB over all lengths; {example.GapFrames} frames ({ms:0} ms) ");
        page.Add($"from {(double)example.StartFrame / example.Rate:0.000} s</span></h3>\n");
        WaveformPlot whole = new(example, Excerpt.Around(example, example.GapFrames / 4, example.GapFrames / 2));
        whole.Write(page, "The whole gap");
        int near = Math.Min(example.GapFrames, example.Rate / 100);
        WaveformPlot begin = new(example, new Excerpt(example.LeadFrames - (near / 4), near + (near / 4), near / 4, example.GapFrames));
        begin.Write(page, "Its first 10 ms");
        WriteSwitches(page, example);
        new ExampleTiles(page, clips.First(clip => clip.Name == example.Clip), example, listening).Write(lengths);
        page.AddRaw("</article>\n");
    }

    private static void WriteSwitches(HtmlText page, GapExample example)
    {
        page.AddRaw("<div class=\"switches\"><span class=\"reference\"><i class=\"dot reference\"></i>reference</span>");
        foreach (GapFill fill in example.Fills)
        {
            page.Add($"<label><input type=\"checkbox\" data-switch=\"{fill.Method}\"");
            page.AddRaw(fill.Method == example.Judged ? " checked=\"checked\"/>" : "/>");
            page.Add($"<i class=\"dot {MethodName.Classes(fill.Method)}\"></i>{fill.Method}</label>");
        }

        page.AddRaw("</div>\n");
    }
}
