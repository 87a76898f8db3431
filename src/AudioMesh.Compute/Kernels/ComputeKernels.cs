// SPDX-License-Identifier: MIT
namespace AudioMesh.Compute.Kernels;

/// <summary>Every kernel there is.</summary>
public static unsafe class ComputeKernels
{
    /// <summary>One output from many sources with ramped gains: <see cref="GainMixProgram"/>.</summary>
    public static ComputeKernel GainMix { get; } = new("gain_mix", 4, (64, 1, 1), &GainMixKernel.Oracle, &GainMixKernel.Simd);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ComputeKernel> All { get; } = [GainMix];
}
