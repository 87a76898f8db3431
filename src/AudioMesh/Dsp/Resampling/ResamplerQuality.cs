// SPDX-License-Identifier: MIT
namespace AudioMesh.Dsp;

/// <summary>
/// How much of the sound a <see cref="Resampler"/> keeps, and at what cost and latency. Latency is that of a ratio of 1 and above; below, it and
/// the cost grow by 1 / ratio, because the filter follows the lower rate. The passband is a part of half the lower rate.
/// </summary>
public enum ResamplerQuality
{
    /// <summary>A straight line between two frames: 1 frame of latency, no filter at all, images and aliases as they come.</summary>
    Linear,

    /// <summary>48 taps, 28 frames of latency: passband 0.785, stopband -80 dB.</summary>
    Low,

    /// <summary>96 taps, 52 frames of latency: passband 0.866, stopband -98 dB.</summary>
    Medium,

    /// <summary>160 taps, 84 frames of latency: passband 0.899, stopband -121 dB.</summary>
    High,

    /// <summary>208 taps, 110 frames of latency: passband 0.9075 (20.0 kHz of 44.1), stopband -143 dB.</summary>
    Best,
}
