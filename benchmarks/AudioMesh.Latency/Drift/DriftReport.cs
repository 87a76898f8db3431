// SPDX-License-Identifier: MIT
using AudioMesh.Latency.Canary;

namespace AudioMesh.Latency.Drift;

/// <summary>How constant the latency was between two devices whose clocks differ. Frames are of 48 kHz.</summary>
/// <param name="Ppm">How much faster the sender's device runs.</param>
/// <param name="LockedAfterSeconds">When the receiver had followed for good; null where it never did.</param>
/// <param name="Seconds">Seconds from then on.</param>
/// <param name="MedianFrames">The latency, but for whole cycles of 480 frames.</param>
/// <param name="ErrorFrames">The largest difference of a second's latency to that.</param>
/// <param name="CalmErrorFrames">The same over the seconds in which no CPU stood still and no frame was missing.</param>
/// <param name="CalmSeconds">How many those are.</param>
/// <param name="FoundPpm">The rate that the receiver found, the median.</param>
/// <param name="LargestOwnError">The largest error that it gave itself, frames.</param>
/// <param name="MissingFrames">Frames that were missing, predicted ones among them.</param>
/// <param name="Resyncs">How often it began anew.</param>
/// <param name="Stalls">How often a CPU stood still.</param>
/// <param name="SecondFrames">The latency of each second.</param>
internal sealed record DriftReport(
    double Ppm,
    double? LockedAfterSeconds,
    int Seconds,
    double MedianFrames,
    double ErrorFrames,
    double CalmErrorFrames,
    int CalmSeconds,
    double FoundPpm,
    double LargestOwnError,
    long MissingFrames,
    long Resyncs,
    int Stalls,
    IReadOnlyList<double> SecondFrames)
{
    private const long SecondNs = 1_000_000_000;
    private const double CycleFrames = 480;

    /// <summary>Of what was heard, what the receiver said once a second, and what the canaries saw.</summary>
    public static DriftReport Of(double ppm, long beginNs, ReadOnlySpan<(long AtNs, double Frames, bool IsLoud)> windows, IReadOnlyList<DriftLook> looks, Stall[] stalls)
    {
        int lastLoose = looks.ToList().FindLastIndex(look => !look.IsLocked);
        DriftLook[] locked = [.. looks.Skip(lastLoose + 1)];
        List<(long AtNs, double Frames)> seconds = [];
        if (locked.Length > 1)
        {
            for (long at = locked[0].AtNs; at + SecondNs <= locked[^1].AtNs; at += SecondNs)
            {
                List<double> inside = [];
                foreach ((long endNs, double frames, bool isLoud) in windows)
                {
                    if (isLoud && endNs - TimeTone.WindowNs >= at && endNs <= at + SecondNs)
                    {
                        inside.Add(frames);
                    }
                }

                if (inside.Count > 0)
                {
                    seconds.Add((at, Middle(inside)));
                }
            }
        }

        double median = Middle([.. seconds.Select(second => second.Frames)]);
        (long AtNs, double Frames)[] calm = [.. seconds.Where(second => !stalls.Any(stall => stall.Touches(second.AtNs, second.AtNs + SecondNs)) && Missing(looks, second.AtNs) == 0)];
        return new DriftReport(
            ppm,
            locked.Length > 1 ? (locked[0].AtNs - beginNs) / 1e9 : null,
            seconds.Count,
            Math.Round(median, 3),
            Worst(seconds, median),
            Worst(calm, median),
            calm.Length,
            Math.Round(Middle([.. locked.Select(look => look.Ppm)]), 3),
            Math.Round(locked.Select(look => Math.Abs(look.ErrorFrames)).DefaultIfEmpty().Max(), 3),
            locked.Length > 0 ? locked[^1].MissingFrames - locked[0].MissingFrames : 0,
            locked.Length > 0 ? locked[^1].Resyncs - locked[0].Resyncs : 0,
            stalls.Length,
            [.. seconds.Select(second => Math.Round(second.Frames, 3))]);
    }

    private static double Worst(IReadOnlyCollection<(long AtNs, double Frames)> seconds, double median) =>
        Math.Round(seconds.Select(second => Math.Abs(Math.IEEERemainder(second.Frames - median, CycleFrames))).DefaultIfEmpty().Max(), 3);

    private static long Missing(IReadOnlyList<DriftLook> looks, long atNs)
    {
        DriftLook? before = looks.LastOrDefault(look => look.AtNs <= atNs);
        DriftLook? after = looks.FirstOrDefault(look => look.AtNs >= atNs + SecondNs);
        return (after?.MissingFrames ?? 0) - (before?.MissingFrames ?? 0);
    }

    private static double Middle(List<double> values)
    {
        values.Sort();
        return values.Count == 0 ? 0 : values[values.Count / 2];
    }
}
