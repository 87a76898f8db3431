// SPDX-License-Identifier: MIT
namespace AudioMesh;

/// <summary>Median, tails and maximum of a duration.</summary>
public readonly record struct DurationTails(double P50, double P99, double P999, double Max);
