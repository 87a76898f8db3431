// SPDX-License-Identifier: MIT
using AudioMesh.Cli.Eval.Metrics;

namespace AudioMesh.Cli.Demo.Judging;

/// <summary>A part of the way of sound, and how long it took, packet by packet.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Meaning">From where to where.</param>
/// <param name="Ms">Milliseconds.</param>
internal sealed record Hop(string Name, string Meaning, IReadOnlyList<double> Ms)
{
    public double? P50 => Quantile.Of(Ms, 0.5);

    public double? P99 => Quantile.Of(Ms, 0.99);

    public double? Most => Quantile.Of(Ms, 1);
}
