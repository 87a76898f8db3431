// SPDX-License-Identifier: MIT
namespace AudioMesh.Backends;

/// <summary>Where in bars and beats something is.</summary>
/// <param name="Bar">The bar, counted from 0.</param>
/// <param name="Beat">The beat of the bar, counted from 0.</param>
/// <param name="Passed">How much of that beat is over, 0 to less than 1.</param>
/// <param name="BarStartBeats">Beats from bar 0 to the beginning of this bar.</param>
/// <param name="BeatsPerBar">Beats of this bar.</param>
/// <param name="BeatUnit">What note a beat is: 4 for a quarter.</param>
/// <param name="BeatsPerMinute">Beats a minute.</param>
public readonly record struct BeatPosition(int Bar, int Beat, double Passed, double BarStartBeats, int BeatsPerBar, int BeatUnit, double BeatsPerMinute);
