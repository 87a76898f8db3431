// SPDX-License-Identifier: MIT
namespace AudioMesh.Dsp;

/// <summary>The gains of the two sides, as factors.</summary>
public readonly record struct StereoGains(float Left, float Right);
