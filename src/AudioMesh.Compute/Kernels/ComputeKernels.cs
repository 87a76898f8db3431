// SPDX-License-Identifier: MIT
namespace AudioMesh.Compute.Kernels;

/// <summary>Every kernel there is.</summary>
public static unsafe class ComputeKernels
{
    /// <summary>One output from many sources with ramped gains: <see cref="GainMixProgram"/>.</summary>
    public static ComputeKernel GainMix { get; } = new("gain_mix", 4, (64, 1, 1), 0, &GainMixKernel.Oracle, &GainMixKernel.Simd);

    /// <summary>Many mixes of the same sources: <see cref="MixMatrixProgram"/>.</summary>
    public static ComputeKernel MixMatrix { get; } = new("mix_matrix", 5, (64, 2, 1), 6144, &MixMatrixKernel.Oracle, &MixMatrixKernel.Simd);

    /// <summary>Peak, energy and true peak: <see cref="MetersProgram"/>.</summary>
    public static ComputeKernel Meters { get; } = new("meters", 4, (64, 1, 1), 768, &MetersKernel.Oracle, &MetersKernel.Simd);

    /// <summary>Band-limited interpolation: <see cref="ResampleProgram"/>.</summary>
    public static ComputeKernel Resample { get; } = new("resample", 5, (64, 1, 1), 0, &ResampleKernel.Oracle, &ResampleKernel.Simd);

    /// <summary>Partitioned convolution: <see cref="ConvolveProgram"/>.</summary>
    public static ComputeKernel Convolve { get; } = new("convolve", 8, (64, 1, 1), 4096, &ConvolveKernel.Oracle, &ConvolveKernel.Simd);

    /// <summary>Training of linear predictors: <see cref="BurgProgram"/>.</summary>
    public static ComputeKernel Burg { get; } = new("burg", 6, (64, 1, 1), 26112, &BurgKernel.Oracle, &BurgKernel.Simd);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ComputeKernel> All { get; } = [GainMix, MixMatrix, Meters, Resample, Convolve, Burg];
}
