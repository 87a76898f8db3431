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

    /// <summary>48 taps, 26 frames of latency: passband 0.785, stopband -80 dB.</summary>
    Low,

    /// <summary>80 taps, 42 frames of latency: passband 0.866, stopband -98 dB.</summary>
    Medium,

    /// <summary>128 taps, 66 frames of latency: passband 0.907 (20.0 kHz of 44.1), stopband -132 dB.</summary>
    High,

    /// <summary>144 taps, 74 frames of latency (75 in 64 bits): passband 0.907 (20.0 kHz of 44.1), stopband -138 dB (-149 dB).</summary>
    Best,

    /// <summary>
    /// 32 taps, 16 frames of latency: for two clocks of the same rate. Passband 0.748 (18.0 kHz of 48), and what a filter beyond it would take away is left in: images are less than
    /// -120 dB up to there. Ratios of 0.998 to 1.002.
    /// </summary>
    Drift,
}
