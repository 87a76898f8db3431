// SPDX-License-Identifier: MIT
using AudioMesh.Cli.Eval.Results;

namespace AudioMesh.Cli.Eval.Report;

/// <summary>The sounds of the page: about a second around each gap, less where there are so many that the page would be too large.</summary>
internal sealed record Listening(double Seconds)
{
    private const double MostSeconds = 1;
    private const double MostBytes = 10.5e6;
    private const double BytesOfSample = 2 * 4 / 3.0;

    public static Listening For(IReadOnlyList<GapExample> examples)
    {
        double bytesOfSecond = examples.Sum(example => (example.Fills.Count + 1) * example.Rate * BytesOfSample);
        return new Listening(Math.Min(MostSeconds, MostBytes / bytesOfSecond));
    }

    /// <summary>A data URI: the clip, with an excerpt of it as it was heard.</summary>
    public string Sound(Clip clip, GapExample example, float[] heard)
    {
        float[] samples = [.. clip.Samples];
        heard.CopyTo(samples, example.StartFrame - example.LeadFrames);
        int around = Math.Max(example.LeadFrames, (int)(((Seconds * example.Rate) - example.GapFrames) / 2));
        Excerpt excerpt = Excerpt.Around(example.StartFrame, example.GapFrames, around, around, samples.Length);
        return $"data:audio/wav;base64,{Convert.ToBase64String(WavSound.Write(excerpt.Of(samples), clip.Rate))}";
    }
}
