// SPDX-License-Identifier: MIT
using AudioMesh.Cli.Eval.Losses;

namespace AudioMesh.Cli.Eval.Metrics;

/// <summary>Knows what a stream should have sounded like and what it lost, and measures what was heard. One thread at a time.</summary>
internal sealed class StreamJudge(Clip clip, LossTrace trace)
{
    private readonly MelConvergence _mel = new(clip.Samples, clip.Rate);
    private readonly LogSpectralDistance _distance = new(clip.Samples, trace.Gaps);

    public float[] Reference { get; } = clip.Samples;

    /// <summary>Those in which there was something to be missed.</summary>
    public IReadOnlyList<Range> Gaps { get; } = [.. trace.Gaps.Where(gap => GapError.Counts(clip.Samples.AsSpan(gap)))];

    public IReadOnlyList<Range> AllGaps => trace.Gaps;

    public double MelOf(float[] heard) => _mel.Of(heard);

    public double? DistanceOf(float[] heard) => _distance.Of(heard);
}
