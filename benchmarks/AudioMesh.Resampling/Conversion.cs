// SPDX-License-Identifier: MIT
namespace AudioMesh.Resampling;

/// <summary>From so many frames per second to so many; what drifts does so by a ratio set at run time.</summary>
internal sealed record Conversion(string Name, double From, double To, bool Drifts)
{
    public static Conversion Cd { get; } = new("44.1 to 48 kHz", 44100, 48000, false);

    public static Conversion ToCd { get; } = new("48 to 44.1 kHz", 48000, 44100, false);

    public static Conversion Drift { get; } = new("48 kHz + 100 ppm", 48000, 48000 * 1.0001, true);

    public double Ratio => To / From;
}
