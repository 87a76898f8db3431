// SPDX-License-Identifier: MIT
using AudioMesh.Dsp;
using AudioMesh.Realtime;

namespace AudioMesh.Network.Hub;

/// <summary>Mixes on the calling thread.</summary>
internal sealed class CpuMatrixMixer : IMatrixMixer
{
    [RealtimeSafe]
    public void Mix(ReadOnlySpan<float> sources, ReadOnlySpan<float> from, ReadOnlySpan<float> to, Span<float> mixes, int frames) =>
        MixMatrix.Mix(sources, from, to, mixes, frames);
}
