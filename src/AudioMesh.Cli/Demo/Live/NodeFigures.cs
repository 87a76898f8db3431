// SPDX-License-Identifier: MIT
using AudioMesh.Network.Media;

namespace AudioMesh.Cli.Demo.Live;

/// <summary>One of the two at a moment.</summary>
/// <param name="Name">A or B.</param>
/// <param name="Rate">Frames per second of what it hears.</param>
/// <param name="Heard">How it hears the other.</param>
/// <param name="PeakDb">Peaks of that, a channel each.</param>
/// <param name="RmsDb">Their levels.</param>
internal sealed record NodeFigures(string Name, int Rate, ReceiverStatistics Heard, IReadOnlyList<double> PeakDb, IReadOnlyList<double> RmsDb)
{
    public double DepthMs => Heard.DepthFrames * 1000 / Rate;

    public double JitterMs => Heard.JitterFrames * 1000 / Rate;

    /// <summary>How much was not there when it was to be played, in percent.</summary>
    public double MissingPercent => 100.0 * Heard.MissingFrames / Math.Max(1, Heard.PlayedFrames);

    /// <summary>How much of what was missing was made audible by prediction.</summary>
    public double PredictedPercent => 100.0 * Heard.PredictedFrames / Math.Max(1, Heard.MissingFrames);
}
