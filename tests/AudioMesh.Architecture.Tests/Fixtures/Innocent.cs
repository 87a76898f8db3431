// SPDX-License-Identifier: MIT
using System.Numerics;
using AudioMesh.Realtime;

namespace AudioMesh.Architecture.Tests.Fixtures;

/// <summary>Does much, and nothing wrong.</summary>
[RealtimeSafe]
internal sealed class Innocent(int length)
{
    private readonly float[] _samples = new float[length];

    public float Sum(ReadOnlySpan<float> more)
    {
        Span<float> scratch = stackalloc float[4];
        Vector4 vector = new(1, 2, 3, 4);
        vector.CopyTo(scratch);
        float sum = 0;
        foreach (float sample in _samples)
        {
            sum += sample;
        }

        for (int i = 0; i < Math.Min(more.Length, scratch.Length); i++)
        {
            sum += more[i] * scratch[i];
        }

        return Interlocked.Increment(ref _count) > 0 ? sum : -sum;
    }

    private int _count;
}
