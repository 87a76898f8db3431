// SPDX-License-Identifier: MIT
using AudioMesh.Cli.Eval.Results;

namespace AudioMesh.Cli.Eval.Report;

/// <summary>A gap, as it should have been heard and as each method had it: its spectrogram, its sound and its errors by length.</summary>
internal sealed class ExampleTiles(HtmlText page, Clip clip, GapExample example, Listening listening)
{
    private readonly SpectrogramPicture _picture = new(example, Excerpt.Around(example, example.Rate / 20, example.Rate / 20));

    public void Write(IReadOnlyList<int> lengths)
    {
        page.AddRaw("<div class=\"tiles\">\n");
        WriteHearing("reference", example.Reference);
        page.AddRaw("<p class=\"note\">what should have been heard</p></div>\n");
        foreach (GapFill fill in example.Fills)
        {
            WriteHearing(fill.Method, fill.Samples);
            WriteErrors(lengths, fill.ErrorDb);
            page.AddRaw("</div>\n");
        }

        page.AddRaw("</div>\n");
    }

    private void WriteHearing(string name, float[] samples)
    {
        page.Add($"<div class=\"tile\"><button type=\"button\" aria-label=\"Play {name}\">");
        page.Add($"<img src=\"{_picture.Write(samples)}\" alt=\"Spectrogram of {name}\"/>");
        page.Add($"<i style=\"left:{_picture.GapStart:0.00}%;width:{_picture.GapWidth:0.00}%\"></i></button>");
        page.Add($"<h4><i class=\"dot {MethodName.Classes(name)}\"></i>{name}</h4>");
        page.Add($"<audio controls=\"controls\" preload=\"none\" src=\"{listening.Sound(clip, example, samples)}\"></audio>");
    }

    private void WriteErrors(IReadOnlyList<int> lengths, IReadOnlyList<double?> errorDb)
    {
        page.AddRaw("<table class=\"heat small\"><tr>");
        foreach (int length in lengths)
        {
            page.Add($"<th scope=\"col\">{length}</th>");
        }

        page.AddRaw("</tr><tr>");
        foreach (double? db in errorDb)
        {
            HeatCell.Write(page, db);
        }

        page.AddRaw("</tr></table>");
    }
}
