// SPDX-License-Identifier: MIT
namespace AudioMesh.Engine;

/// <summary>Median, tails and maximum of a duration, in microseconds.</summary>
public readonly record struct Quantiles(double P50, double P99, double P999, double Max)
{
    /// <summary>Reads them off a histogram.</summary>
    public static Quantiles Of(LatencyHistogram histogram) => new(
        histogram.Quantile(0.5) / 1e3, histogram.Quantile(0.99) / 1e3, histogram.Quantile(0.999) / 1e3, histogram.MaxNanoseconds / 1e3);
}
