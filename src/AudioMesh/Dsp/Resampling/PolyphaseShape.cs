// SPDX-License-Identifier: MIT
using System.Numerics;

namespace AudioMesh.Dsp;

/// <summary>A low-pass of so many taps, a multiple of every vector's length, whose -6 dB point is a part of half the rate it works at.</summary>
internal readonly record struct PolyphaseShape(int Taps, double Cutoff, double StopbandDb)
{
    /// <summary>Steep, for frames as they come in: the length keeps the transition's width relative to a lowered cut-off.</summary>
    public static PolyphaseShape Steep(in ResamplerPreset preset, double cutoff) =>
        new(WholeVectors(preset.Taps / cutoff), cutoff * (preset.PassbandEdge + ResamplerPreset.StopbandEdge) / 2, preset.StopbandDb);

    /// <summary>
    /// For frames of a doubled rate, whose images are as far away as their sound is wide: from a quarter of the rate to three. What whole vectors
    /// have to spare goes into the stopband.
    /// </summary>
    public static PolyphaseShape Wide(in ResamplerPreset preset)
    {
        double transition = 1 - (preset.PassbandEdge / 2);
        int taps = WholeVectors(1 + ((preset.StopbandDb - 7.95) / (14.36 * transition)));
        return new(taps, 1, 7.95 + (14.36 * transition * (taps - 1)));
    }

    private static int WholeVectors(double taps)
    {
        int width = Math.Max(8, Vector<float>.Count);
        return (int)Math.Ceiling(taps / width) * width;
    }
}
