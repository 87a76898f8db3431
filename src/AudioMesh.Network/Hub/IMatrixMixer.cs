// SPDX-License-Identifier: MIT
using AudioMesh.Realtime;

namespace AudioMesh.Network.Hub;

/// <summary>Who computes a hub's mixes: a processor or a GPU, whatever whoever composes the hub has measured to be faster.</summary>
public interface IMatrixMixer
{
    /// <summary>Mixes as <see cref="AudioMesh.Dsp.MixMatrix.Mix"/> says, to the bit. Allocates nothing and waits for nobody but its processor.</summary>
    [RealtimeSafe]
    void Mix(ReadOnlySpan<float> sources, ReadOnlySpan<float> from, ReadOnlySpan<float> to, Span<float> mixes, int frames);
}
