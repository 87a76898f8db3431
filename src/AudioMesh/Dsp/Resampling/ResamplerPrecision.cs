// SPDX-License-Identifier: MIT
namespace AudioMesh.Dsp;

/// <summary>What a <see cref="Resampler"/> computes in; samples come and go as floats.</summary>
public enum ResamplerPrecision
{
    /// <summary>Coefficients and sums of 32 bits: for device threads.</summary>
    Single,

    /// <summary>Coefficients and sums of 64 bits, rounded once: for files, at twice the cost.</summary>
    Double,
}
