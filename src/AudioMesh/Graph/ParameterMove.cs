// SPDX-License-Identifier: MIT
namespace AudioMesh.Graph;

/// <summary>One setting of a live parameter: made on the control side, so that the device thread only takes it.</summary>
/// <param name="Value">What it is set to, in its own unit.</param>
/// <param name="Target">The same as the device thread counts it, such as a gain's factor.</param>
/// <param name="Frames">How long it takes; 0 jumps.</param>
public sealed record ParameterMove(double Value, double Target, int Frames);
