// SPDX-License-Identifier: MIT
namespace AudioMesh.Kernels;

/// <summary>One operation: ours, the loop in C, and System.Numerics.Tensors or null. Agree compares what ours and C left; bar is C's throughput that ours should reach.</summary>
internal sealed record Rivals(string Name, Action Ours, Action C, Action? Tensors, Func<bool> Agree, double? Bar = null);
