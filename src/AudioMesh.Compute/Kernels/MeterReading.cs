// SPDX-License-Identifier: MIT
namespace AudioMesh.Compute.Kernels;

/// <summary>What <see cref="MetersProgram"/> read of one channel in one block; full scale is 1.</summary>
/// <param name="Peak">The largest magnitude of a sample.</param>
/// <param name="Rms">The root of the mean square.</param>
/// <param name="TruePeak">The largest magnitude between samples, six samples late.</param>
public readonly record struct MeterReading(float Peak, float Rms, float TruePeak);
