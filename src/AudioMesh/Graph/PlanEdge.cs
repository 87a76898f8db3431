// SPDX-License-Identifier: MIT
namespace AudioMesh.Graph;

/// <summary>A connection in a plan: which step's block it brings, and at what gain.</summary>
internal readonly record struct PlanEdge(int FromStep, RampedValue Gain);
