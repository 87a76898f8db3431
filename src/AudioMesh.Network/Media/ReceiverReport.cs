// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Media;

/// <summary>Puts a receiver's figures together.</summary>
internal static class ReceiverReport
{
    public static ReceiverStatistics Of(PacketCounts counts, Playout playout)
    {
        PlayoutFigures figures = playout.Figures;
        long steps = figures.Steps;
        ResyncCause last = (ResyncCause)counts[PacketCount.LastResync];
        return new ReceiverStatistics(
            figures.State,
            counts[PacketCount.New],
            counts[PacketCount.Lost],
            counts[PacketCount.Late],
            counts[PacketCount.Duplicate],
            counts[PacketCount.Reordered],
            counts[PacketCount.Refused],
            figures.PlayedFrames,
            playout.Lanes.Max(lane => lane.MissingFrames),
            playout.Lanes.Max(lane => lane.PredictedFrames),
            playout.Lanes.Max(lane => lane.Gaps),
            figures.StretchedFrames,
            figures.SkippedFrames,
            figures.Depth,
            figures.Target,
            counts[PacketCount.Upper] - counts[PacketCount.Least],
            figures.Ppm,
            figures.Error,
            figures.IsLocked,
            figures.IsExact,
            counts[PacketCount.UsesMeshTime] != 0,
            counts[PacketCount.Transit],
            (int)(counts[PacketCount.Resyncs] + steps),
            last == ResyncCause.None && steps > 0 ? ResyncCause.ClockStepped : last,
            playout.Lanes.Min(lane => lane.Concealer?.Statistics.Confidence ?? 0));
    }
}
