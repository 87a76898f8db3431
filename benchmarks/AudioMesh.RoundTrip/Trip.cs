// SPDX-License-Identifier: MIT
namespace AudioMesh.RoundTrip;

/// <summary>An impulse there and back.</summary>
/// <param name="Frames">Frames it took; -1 where it did not come.</param>
/// <param name="BeginNs">When it left.</param>
/// <param name="EndNs">When it came, or was given up.</param>
internal readonly record struct Trip(int Frames, long BeginNs, long EndNs);
