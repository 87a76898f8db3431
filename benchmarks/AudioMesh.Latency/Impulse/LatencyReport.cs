// SPDX-License-Identifier: MIT
namespace AudioMesh.Latency.Impulse;

/// <summary>Frames from an app's write to a JACK port, measured and as the engine counts them.</summary>
internal sealed record LatencyReport(
    int Rate, int Period, int DepthFrames, string Host, int Impulses, Spread MeasuredFrames, IReadOnlyDictionary<string, long> Counted, long CountedToPort);

/// <summary>Smallest, middle and largest.</summary>
internal sealed record Spread(double Min, double Median, double Max)
{
    public static Spread Of(IReadOnlyCollection<double> values)
    {
        double[] sorted = [.. values.Order()];
        return new(Math.Round(sorted[0], 1), Math.Round(sorted[sorted.Length / 2], 1), Math.Round(sorted[^1], 1));
    }
}
