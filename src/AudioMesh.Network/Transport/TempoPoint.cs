// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Transport;

/// <summary>A beat of a tempo map.</summary>
/// <param name="Bar">Its bar, counted from 0.</param>
/// <param name="Beat">Its place in the bar, from 0; 0 is the one that is stressed.</param>
/// <param name="Seconds">When it is, from the transport's frame 0 on.</param>
/// <param name="BeatSeconds">How long it lasts.</param>
public readonly record struct TempoPoint(int Bar, int Beat, double Seconds, double BeatSeconds);
