// SPDX-License-Identifier: MIT
using AudioMesh.Latency.Reports;

namespace AudioMesh.Latency.Ramp;

/// <summary>How much of the ramp came through unchanged.</summary>
internal sealed record RampReport(
    string Backend, bool Synchronous, int Period, long FramesPlayed, long FramesHeard, IReadOnlyList<RampBreak> Breaks, CanaryFigures CanaryStalls)
{
    public bool IsExact => Breaks.Count == 0 && FramesHeard == FramesPlayed;

    /// <summary>One line for who waits for the rest.</summary>
    public string InShort() => IsExact
        ? $"{Backend}: all {FramesPlayed} frames of the ramp came, every bit"
        : $"{Backend}: {FramesHeard} of {FramesPlayed} frames came, {Breaks.Count} breaks; the machine stalled {CanaryStalls.Count} times, "
            + $"at most {CanaryStalls.LongestUs / 1000:F1} ms";
}
