// SPDX-License-Identifier: MIT
using AudioMesh.Latency.Reports;

namespace AudioMesh.Latency.Ramp;

/// <summary>How much of the ramp came through unchanged.</summary>
internal sealed record RampReport(
    string Backend, bool Synchronous, int Period, long FramesPlayed, long FramesHeard, IReadOnlyList<RampBreak> Breaks, CanaryFigures CanaryStalls)
{
    public bool IsExact => Breaks.Count == 0 && FramesHeard == FramesPlayed;

    /// <summary>Breaks that neither a stall of the machine nor the server explains: ours.</summary>
    public int Unexplained => BreaksBy(RampCause.Unexplained);

    /// <summary>Whether it came as it should: whole from a server that waits for its clients, else without a break of ours.</summary>
    public bool Holds => Synchronous ? IsExact : Unexplained == 0;

    /// <summary>One line for who waits for the rest.</summary>
    public string InShort() => IsExact
        ? $"{Backend}: all {FramesPlayed} frames of the ramp came, every bit; {Stalls}"
        : $"{Backend}: {FramesHeard} of {FramesPlayed} frames came, {Breaks.Count} breaks ({BreaksBy(RampCause.Machine)} of the machine's, "
            + $"{BreaksBy(RampCause.Server)} of the server's, {BreaksBy(RampCause.Listener)} of the listener's, {Unexplained} unexplained); {Stalls}";

    private string Stalls => $"the machine stalled {CanaryStalls.Count} times, at most {CanaryStalls.LongestUs / 1000:F1} ms";

    private int BreaksBy(string cause) => Breaks.Count(one => one.Cause == cause);
}
