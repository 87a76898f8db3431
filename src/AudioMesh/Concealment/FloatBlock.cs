// SPDX-License-Identifier: MIT
using AudioMesh.Realtime;

namespace AudioMesh.Concealment;

/// <summary>Some floats of a <see cref="FloatArena"/>.</summary>
[RealtimeSafe]
internal readonly unsafe struct FloatBlock(float* first, int length)
{
    public Span<float> Span => new(first, length);

    public static implicit operator Span<float>(FloatBlock block) => block.Span;
}
