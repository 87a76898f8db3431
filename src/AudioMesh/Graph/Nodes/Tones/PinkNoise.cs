// SPDX-License-Identifier: MIT
using AudioMesh.Realtime;

namespace AudioMesh.Graph.Nodes;

/// <summary>
/// Noise whose power falls by 3 dB an octave: white noise through P. Kellet's sum of first-order filters (music-dsp list, 1999), within 0.05 dB
/// above 10 Hz at 44.1 kHz.
/// </summary>
internal sealed class PinkNoise : ToneWave
{
    /// <summary>The filters' answer to noise of peak 1 stays below this.</summary>
    private const float Headroom = 0.11f;

    private readonly WhiteNoise _white = new();
    private float _0, _1, _2, _3, _4, _5, _6;

    /// <inheritdoc/>
    [RealtimeSafe]
    public override void Render(Span<float> samples, double cyclesPerFrame, int rate)
    {
        _white.Render(samples, cyclesPerFrame, rate);
        for (int i = 0; i < samples.Length; i++)
        {
            float white = samples[i];
            _0 = (0.99886f * _0) + (white * 0.0555179f);
            _1 = (0.99332f * _1) + (white * 0.0750759f);
            _2 = (0.96900f * _2) + (white * 0.1538520f);
            _3 = (0.86650f * _3) + (white * 0.3104856f);
            _4 = (0.55000f * _4) + (white * 0.5329522f);
            _5 = (-0.7616f * _5) - (white * 0.0168980f);
            samples[i] = Math.Clamp((_0 + _1 + _2 + _3 + _4 + _5 + _6 + (white * 0.5362f)) * Headroom, -1, 1);
            _6 = white * 0.115926f;
        }
    }
}
