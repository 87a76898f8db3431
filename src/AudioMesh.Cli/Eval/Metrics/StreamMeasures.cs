// SPDX-License-Identifier: MIT
namespace AudioMesh.Cli.Eval.Metrics;

/// <summary>Measures what was heard of a stream. Null where there is nothing to measure.</summary>
internal sealed class StreamMeasures(StreamJudge judge, float[] heard)
{
    private const double LevelBoundDb = 60;

    private readonly double[] _gapsDb = [.. judge.Gaps.Select(gap => GapError.Db(heard.AsSpan(gap), judge.Reference.AsSpan(gap))!.Value)];
    private readonly double[] _levelsDb = [.. judge.Gaps.Select(gap => LevelDb(heard.AsSpan(gap), judge.Reference.AsSpan(gap)))];
    private readonly double _error = Energy.OfError(heard, judge.Reference);

    public double? GapMeanDb => _gapsDb.Length > 0 ? _gapsDb.Average() : null;

    public double? GapDb(double share) => Quantile.Of(_gapsDb, share);

    public double? LevelDb(double share) => Quantile.Of(_levelsDb, share);

    public double? SnrDb => _error > 0 ? 10 * Math.Log10(Energy.Of(judge.Reference) / _error) : null;

    public double? MelConvergence => judge.MelOf(heard);

    public double? SpectralDistanceDb => judge.DistanceOf(heard);

    public double? ClickDb => judge.Gaps.Count > 0 ? judge.Gaps.SelectMany(gap => (int[])[gap.Start.Value, gap.End.Value]).Average(EdgeDb) : null;

    public double? ShareAfter => _error > 0 ? Math.Max(0, 1 - (judge.AllGaps.Sum(ErrorIn) / _error)) : null;

    public double? PeakRatio => PeakOf(heard) / PeakOf(judge.Reference);

    private double ErrorIn(Range gap) => Energy.OfError(heard.AsSpan(gap), judge.Reference.AsSpan(gap));

    private double EdgeDb(int edge) => ClickExcess.Db(heard, judge.Reference, edge);

    private static double PeakOf(float[] samples) => samples.Max(sample => Math.Abs(sample));

    private static double LevelDb(ReadOnlySpan<float> fill, ReadOnlySpan<float> lost) =>
        Math.Clamp(10 * Math.Log10(Energy.Of(fill) / Energy.Of(lost)), -LevelBoundDb, LevelBoundDb);
}
