// SPDX-License-Identifier: MIT
namespace AudioMesh.Dsp;

/// <summary>
/// A quality in numbers, at a ratio of 1: taps of the filter, its stopband, and the phases between two frames that leave an error below it, where
/// cubics are drawn between them, and where straight lines are at a doubled rate.
/// </summary>
internal readonly record struct ResamplerPreset(int Taps, double StopbandDb, int CubicPhases, int BlendPhases)
{
    /// <summary>Where the stopband begins, of half the lower rate: a ratio may fall by a thousandth before anything folds back over it.</summary>
    public const double StopbandEdge = 0.9985;

    /// <summary>Kaiser's relation of length, attenuation and width of the transition.</summary>
    public double PassbandEdge => StopbandEdge - (2 * (StopbandDb - 7.95) / (14.36 * (Taps - 1)));

    public static ResamplerPreset Of(ResamplerQuality quality) => quality switch
    {
        ResamplerQuality.Low => new(48, 80, 32, 64),
        ResamplerQuality.Medium => new(96, 98, 32, 128),
        ResamplerQuality.High => new(175, 132.5, 128, 1024),
        _ => new(205, 143, 128, 2048),
    };
}
