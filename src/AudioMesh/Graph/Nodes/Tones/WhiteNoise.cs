// SPDX-License-Identifier: MIT
using AudioMesh.Realtime;

namespace AudioMesh.Graph.Nodes;

/// <summary>Evenly distributed samples; the same from every start (G. Marsaglia, "Xorshift RNGs", Journal of Statistical Software 8, 2003).</summary>
internal sealed class WhiteNoise : ToneWave
{
    private uint _state = 0x9E3779B9;

    /// <inheritdoc/>
    [RealtimeSafe]
    public override void Render(Span<float> samples, double cyclesPerFrame, int rate)
    {
        for (int i = 0; i < samples.Length; i++)
        {
            _state ^= _state << 13;
            _state ^= _state >> 17;
            _state ^= _state << 5;
            samples[i] = (int)_state * (1f / (1u << 31));
        }
    }
}
