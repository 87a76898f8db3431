// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Transport;

/// <summary>A tempo and a meter from a bar on.</summary>
/// <param name="Bar">The bar, counted from 0.</param>
/// <param name="BeatsPerMinute">Beats of the meter a minute, 1 to 1000.</param>
/// <param name="BeatsPerBar">1 to 64.</param>
/// <param name="BeatUnit">What note a beat is: 1, 2, 4, 8, 16 or 32.</param>
public readonly record struct TempoSegment(int Bar, double BeatsPerMinute, int BeatsPerBar, int BeatUnit);
