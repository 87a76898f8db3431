// SPDX-License-Identifier: MIT
namespace AudioMesh.Graph;

/// <summary>Amplitude ratios and decibels (20 log10).</summary>
public static class Decibels
{
    /// <summary>Decibels below which a gain is zero.</summary>
    public const double Silence = -120;

    /// <summary>The gain of <paramref name="gainDb"/>; exactly 1 at 0 dB, 0 at <see cref="Silence"/> and below.</summary>
    public static float ToGain(double gainDb) => gainDb switch
    {
        0 => 1f,
        <= Silence => 0f,
        _ => (float)Math.Pow(10, gainDb / 20),
    };

    /// <summary>The decibels of <paramref name="gain"/>, at least <see cref="Silence"/>.</summary>
    public static double FromGain(float gain) => gain <= 1e-6f ? Silence : 20 * Math.Log10(gain);
}
