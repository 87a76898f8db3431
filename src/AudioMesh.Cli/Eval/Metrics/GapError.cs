// SPDX-License-Identifier: MIT
using AudioMesh.Cli.Eval.Results;

namespace AudioMesh.Cli.Eval.Metrics;

/// <summary>The error of a fill against what was lost.</summary>
internal static class GapError
{
    private const double SilentMeanSquare = 1e-6;
    private const double BestDb = -40;
    private const double WorstDb = 6;

    /// <summary>Whether there is something to be missed.</summary>
    public static bool Counts(ReadOnlySpan<float> lost) => Energy.Of(lost) >= SilentMeanSquare * lost.Length;

    /// <summary>Decibels of the energy of what was lost, clipped to -40..+6; null where that was silence.</summary>
    public static double? Db(ReadOnlySpan<float> fill, ReadOnlySpan<float> lost) =>
        Counts(lost) ? Math.Clamp(10 * Math.Log10(Energy.OfError(fill, lost) / Energy.Of(lost)), BestDb, WorstDb) : null;

    /// <summary>Over gaps; null where none counted.</summary>
    public static GapFigures? Summarise(IEnumerable<double?> errorsDb)
    {
        double[] known = [.. errorsDb.OfType<double>()];
        return known.Length == 0
            ? null
            : new GapFigures(known.Length, known.Average(), Quantile.Of(known, 0.5)!.Value, Quantile.Of(known, 0.9)!.Value);
    }
}
