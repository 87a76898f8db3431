// SPDX-License-Identifier: MIT
namespace AudioMesh.Cli.Demo.Page;

/// <summary>A line of a <see cref="TimeChart"/>.</summary>
/// <param name="Name">What it says of itself.</param>
/// <param name="Style">The style class that has its colour.</param>
/// <param name="Points">Where it passes.</param>
internal sealed record TimeSeries(string Name, string Style, IReadOnlyList<(double X, double Y)> Points);
