// SPDX-License-Identifier: MIT
namespace AudioMesh.Dsp;

/// <summary>
/// A quality in numbers, at a ratio of 1: taps of the filter, its stopband, and the phases between two frames that leave an error below it, where cubics are drawn between them, and where straight
/// lines are at a doubled rate; there the steep filter has taps of its own, and images so much more weight than the passband's ripple.
/// </summary>
internal readonly record struct ResamplerPreset(int Taps, double StopbandDb, int CubicPhases, int BlendPhases, int DoublerTaps, double ImageWeight)
{
    /// <summary>A ratio may fall by a thousandth before anything folds back over it.</summary>
    private const double UsualStopbandEdge = 0.9985;

    /// <summary>Where the stopband begins, of half the lower rate.</summary>
    public double StopbandEdge => IsSymmetric ? 1 + (Transition / 2) : UsualStopbandEdge;

    /// <summary>Where the passband ends.</summary>
    public double PassbandEdge => StopbandEdge - Transition;

    /// <summary>Whether the transition lies around half the rate, so that whole frames come out as they went in.</summary>
    public bool IsSymmetric { get; private init; }

    /// <summary>Kaiser's relation of length, attenuation and width of the transition.</summary>
    private double Transition => 2 * (StopbandDb - 7.95) / (14.36 * (Taps - 1));

    public static ResamplerPreset Of(ResamplerQuality quality, ResamplerPrecision precision) => quality switch
    {
        ResamplerQuality.Low => new(48, 80, 32, 64, 48, 30),
        ResamplerQuality.Medium => new(96, 98, 32, 128, 80, 30),
        ResamplerQuality.High => new(191, 132.5, 128, 1024, 128, 2000),
        ResamplerQuality.Drift => new(32, 120, 128, 0, 0, 0) { IsSymmetric = true },
        _ when precision == ResamplerPrecision.Double => new(207, 143, 128, 2048, 144, 10000),
        _ => new(207, 143, 128, 2048, 144, 1200),
    };
}
