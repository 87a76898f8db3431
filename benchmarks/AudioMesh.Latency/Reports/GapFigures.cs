// SPDX-License-Identifier: MIT
using AudioMesh.Latency.Storm;

namespace AudioMesh.Latency.Reports;

/// <summary>
/// The app's gaps: how long they were in all, how much of that was silent, and how many had no silence. Filled with zeros, all of each would have been
/// silent, so <see cref="TotalMs"/> and 0 stand beside.
/// </summary>
internal sealed record GapFigures(int Count, double TotalMs, double LongestMs, double SilentMs, double SilentMsByZeroFill, int WithoutSilence)
{
    public static GapFigures Of(TrialResult trial)
    {
        // One that is still open after a second is told of twice: the second time, when it is over, it is longer.
        XrunEntry[] gaps = [.. trial.Xruns.Where(xrun => xrun.Type == "underrun" && !IsUnfinished(xrun, trial))];
        double totalMs = Ms(trial.UnderrunFrames, trial);
        return new GapFigures(
            gaps.Length,
            totalMs,
            Ms(gaps.Select(gap => gap.Frames).DefaultIfEmpty().Max(), trial),
            Ms(trial.UnderrunFrames - trial.PredictedFrames, trial),
            totalMs,
            gaps.Count(gap => gap.PredictedFrames == gap.Frames));
    }

    // The report on the way names no pause of the app's, and comes within a period of a second.
    private static bool IsUnfinished(XrunEntry gap, TrialResult trial) =>
        gap.Cause == "app_late" && gap.Frames >= trial.Rate && gap.Frames < trial.Rate + trial.Period;

    private static double Ms(long frames, TrialResult trial) => Math.Round(frames * 1000.0 / trial.Rate, 2);
}
