// SPDX-License-Identifier: MIT
namespace AudioMesh.Dsp;

/// <summary>
/// How much of the sound a <see cref="Resampler"/> keeps, and at what cost and latency. Taps, latency and cost are those of a ratio of 1 and
/// above; below, all three grow by 1 / ratio, because the filter follows the lower rate. The passband is a part of half the lower rate.
/// </summary>
public enum ResamplerQuality
{
    /// <summary>A straight line between two frames: 1 frame of latency, no filter at all, images and aliases as they come.</summary>
    Linear,

    /// <summary>48 taps, 24 frames of latency: passband 0.78, stopband -80 dB.</summary>
    Low,

    /// <summary>96 taps, 48 frames of latency: passband 0.86, stopband -98 dB.</summary>
    Medium,

    /// <summary>160 taps, 80 frames of latency: passband 0.89, stopband -121 dB.</summary>
    High,

    /// <summary>224 taps, 112 frames of latency: passband 0.91 (20.1 kHz of 44.1), stopband -147 dB.</summary>
    Best,
}
