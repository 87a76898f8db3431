// SPDX-License-Identifier: MIT
using AudioMesh.Cli.Eval.Results;

namespace AudioMesh.Cli.Eval.Report;

/// <summary>What should have been heard and what each method made of it, one over the other, the gap shaded.</summary>
internal sealed class WaveformPlot(GapExample example, Excerpt excerpt)
{
    private const int Width = 960;
    private const int Height = 190;
    private const float Headroom = 1.2f;

    private readonly float _full = Math.Max(Peak(excerpt.Of(example.Reference)), 1e-6f) * Headroom;

    public void Write(HtmlText page, string caption)
    {
        double gap = X(excerpt.GapStart), end = Math.Min(X(excerpt.GapStart + excerpt.GapFrames), Width);
        page.Add($"<figure class=\"plot\"><svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{caption}\">");
        page.Add($"<rect class=\"gap\" x=\"{gap:0.0}\" y=\"0\" width=\"{end - gap:0.0}\" height=\"{Height}\"/>");
        page.Add($"<line class=\"grid\" x1=\"0\" x2=\"{Width}\" y1=\"{Height / 2}\" y2=\"{Height / 2}\"/>\n");
        WriteLine(page, "reference", excerpt.Of(example.Reference), 0);
        foreach (GapFill fill in example.Fills)
        {
            ReadOnlySpan<float> heard = excerpt.Of(fill.Samples);
            WriteLine(page, fill.Method, heard[..Differing(heard, excerpt.Of(example.Reference))], Math.Max(0, excerpt.GapStart - 1));
        }

        page.Add($"</svg><figcaption>{caption}</figcaption></figure>\n");
    }

    private static float Peak(ReadOnlySpan<float> samples)
    {
        float peak = 0;
        foreach (float sample in samples)
        {
            peak = Math.Max(peak, Math.Abs(sample));
        }

        return peak;
    }

    /// <summary>How many samples there are up to the last one that is not the reference's, and one more.</summary>
    private static int Differing(ReadOnlySpan<float> heard, ReadOnlySpan<float> reference)
    {
        int length = heard.Length;
        while (length > 0 && heard[length - 1] == reference[length - 1])
        {
            length--;
        }

        return Math.Min(length + 1, heard.Length);
    }

    private double X(int frame) => (double)frame / excerpt.Frames * Width;

    private double Y(float sample) => (Height / 2.0) * (1 - (float.IsFinite(sample) ? Math.Clamp(sample / _full, -1, 1) : 0));

    /// <summary>Every sample where there are few, else the lowest and the highest of each column.</summary>
    private void WriteLine(HtmlText page, string name, ReadOnlySpan<float> shown, int first)
    {
        int perColumn = Math.Max(1, excerpt.Frames / Width);
        page.Add($"<polyline class=\"wave {MethodName.Classes(name)}\" data-wave=\"{name}\" points=\"");
        for (int frame = first; frame < shown.Length; frame += perColumn)
        {
            ReadOnlySpan<float> column = shown.Slice(frame, Math.Min(perColumn, shown.Length - frame));
            (int early, int late) = Extremes(column);
            page.Add($"{X(frame + early):0.0},{Y(column[early]):0.0} ");
            if (late != early)
            {
                page.Add($"{X(frame + late):0.0},{Y(column[late]):0.0} ");
            }
        }

        page.AddRaw("\"/>\n");
    }

    private static (int Early, int Late) Extremes(ReadOnlySpan<float> column)
    {
        int lowest = 0, highest = 0;
        for (int n = 1; n < column.Length; n++)
        {
            lowest = column[n] < column[lowest] ? n : lowest;
            highest = column[n] > column[highest] ? n : highest;
        }

        return (Math.Min(lowest, highest), Math.Max(lowest, highest));
    }
}
