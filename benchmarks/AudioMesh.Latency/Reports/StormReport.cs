// SPDX-License-Identifier: MIT
using AudioMesh.Latency.Canary;
using AudioMesh.Latency.Storm;

namespace AudioMesh.Latency.Reports;

/// <summary>One trial, judged: what the app saw, and which of it the machine is to blame for.</summary>
internal sealed record StormReport
{
    /// <summary>
    /// A late period is told of when the callback comes at last; the stall that made it may have ended a little before or after, and the
    /// server takes a few periods to find its place again.
    /// </summary>
    private const long SlackNs = 3_000_000;

    public required string Host { get; init; }

    public required string Gc { get; init; }

    public required string Backend { get; init; }

    public required int Rate { get; init; }

    public required int Period { get; init; }

    public required int Seconds { get; init; }

    public required int DepthMs { get; init; }

    public required int Threads { get; init; }

    public required long Periods { get; init; }

    public required long Missed { get; init; }

    public required long MissedWhereNoCanaryStalled { get; init; }

    /// <summary>The gaps with such periods in them.</summary>
    public required IReadOnlyList<UnexplainedGap> UnexplainedGaps { get; init; }

    public required double LongestGapMs { get; init; }

    public required long DeviceXruns { get; init; }

    public required long Overruns { get; init; }

    public required long Underruns { get; init; }

    public required long UnderrunFrames { get; init; }

    public required long GcUnderruns { get; init; }

    /// <summary>Frames of the underruns that prediction made audible.</summary>
    public required long Predicted { get; init; }

    /// <summary>What was heard in the app's gaps, beside what filling them with zeros would have been.</summary>
    public required GapFigures Gaps { get; init; }

    public required IReadOnlyDictionary<string, int> EventsByCause { get; init; }

    public required long EventsDropped { get; init; }

    public required DurationTails LatenessUs { get; init; }

    public required DurationTails RenderUs { get; init; }

    public required AppFigures App { get; init; }

    public required EngineFigures Engine { get; init; }

    public required CanaryFigures CanaryStalls { get; init; }

    public static StormReport Of(StormSetup setup, TrialResult trial, CanaryReport canary) => new()
    {
        Host = trial.Hosting,
        Gc = trial.Gc,
        Backend = setup.Backend,
        Rate = trial.Rate,
        Period = trial.Period,
        Seconds = setup.Seconds,
        DepthMs = setup.DepthMs,
        Threads = setup.Threads,
        Periods = trial.Periods,
        Missed = trial.Missed,
        MissedWhereNoCanaryStalled = Math.Max(0, trial.Missed - Excused(trial, canary)),
        UnexplainedGaps = [.. MissedGaps(trial).Select(gap => Explain(gap, trial, canary)).Where(gap => gap.Periods > gap.ExplainedPeriods)],
        LongestGapMs = Math.Round(MissedGaps(trial).Select(xrun => xrun.Frames * 1000.0 / trial.Rate).DefaultIfEmpty().Max(), 2),
        DeviceXruns = trial.DeviceXruns,
        Overruns = trial.Overruns,
        Underruns = trial.Underruns,
        UnderrunFrames = trial.UnderrunFrames,
        GcUnderruns = trial.GcUnderruns,
        Predicted = trial.PredictedFrames,
        Gaps = GapFigures.Of(trial),
        EventsByCause = trial.Xruns.GroupBy(xrun => $"{xrun.Type}/{xrun.Cause}").ToDictionary(group => group.Key, group => group.Count()),
        EventsDropped = trial.EventsDropped,
        LatenessUs = trial.LatenessUs,
        RenderUs = trial.RenderUs,
        App = trial.App,
        Engine = trial.Engine,
        CanaryStalls = CanaryFigures.Of(canary),
    };

    /// <summary>One line for who waits for the rest.</summary>
    public string InShort() => $"{Host}; {Gc}: {Missed} of {Periods + Missed} periods missed, {MissedWhereNoCanaryStalled} of them ours";

    /// <summary>Whether the engine, not the machine, broke what it promises.</summary>
    public bool IsBroken() => Host == "isolated" && (MissedWhereNoCanaryStalled > 0 || Engine.AllocatedBytes > 0);

    // Only a missed period whose event is there can be excused: one that was never told of stays ours.
    private static long Excused(TrialResult trial, CanaryReport canary) => MissedGaps(trial).Sum(gap => Explain(gap, trial, canary).ExplainedPeriods);

    private static UnexplainedGap Explain(XrunEntry gap, TrialResult trial, CanaryReport canary)
    {
        long periods = InPeriods(gap.Frames, trial);
        long stalled = canary.IsRealtime ? InPeriods(StalledFrames(gap, trial.Rate, canary.Stalls), trial) : 0;
        return new UnexplainedGap(gap.Time, periods, Math.Min(periods, stalled));
    }

    private static long InPeriods(long frames, TrialResult trial) => frames == 0 ? 0 : Math.Max(1, (frames + (trial.Period / 2)) / trial.Period);

    private static IEnumerable<XrunEntry> MissedGaps(TrialResult trial) => trial.Xruns.Where(xrun => xrun.Type == "missed");

    // What the stalls around a gap last, and not more: a short stall does not excuse a long gap.
    private static long StalledFrames(XrunEntry gap, int rate, Stall[] stalls)
    {
        long began = gap.Time - (gap.Frames * 1_000_000_000 / rate);
        Stall[] around = Array.FindAll(stalls, stall => stall.Touches(began - SlackNs, gap.Time + SlackNs));
        return around.Sum(stall => stall.End - stall.Begin + SlackNs) * rate / 1_000_000_000;
    }
}

/// <summary>A gap, the mesh time at which it ended, and how much of it the machine's stalls explain.</summary>
internal sealed record UnexplainedGap(long Time, long Periods, long ExplainedPeriods);
