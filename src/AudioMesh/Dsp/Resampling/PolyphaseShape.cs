// SPDX-License-Identifier: MIT
using System.Numerics;

namespace AudioMesh.Dsp;

/// <summary>A low-pass of so many taps, a multiple of every vector's length, whose -6 dB point is a part of half the rate it works at.</summary>
internal readonly record struct PolyphaseShape(int Taps, double Cutoff, double StopbandDb)
{
    /// <summary>Taps that are not always zero.</summary>
    public int Length { get; init; } = Taps;

    /// <summary>Steep, for frames as they come in: the length keeps the transition's width relative to a lowered cut-off.</summary>
    public static PolyphaseShape Steep(in ResamplerPreset preset, double cutoff) =>
        new(WholeVectors(preset.Taps / cutoff), cutoff * (preset.PassbandEdge + preset.StopbandEdge) / 2, preset.StopbandDb);

    private static int WholeVectors(double taps)
    {
        int width = Math.Max(8, Vector<float>.Count);
        return (int)Math.Ceiling(taps / width) * width;
    }
}
