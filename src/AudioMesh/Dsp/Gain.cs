// SPDX-License-Identifier: MIT
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using AudioMesh.Realtime;

namespace AudioMesh.Dsp;

/// <summary>A constant gain. Any thread.</summary>
[RealtimeSafe]
public static class Gain
{
    /// <summary>samples[i] *= gain, in place; gain is a factor, not dB. A gain of exactly 1 leaves every bit as it is.</summary>
    public static void Apply(Span<float> samples, float gain)
    {
        if (gain == 1f)
        {
            return;
        }

        ref float first = ref MemoryMarshal.GetReference(samples);
        int i = 0;
        for (; i <= samples.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            (Vector.LoadUnsafe(ref first, (nuint)i) * gain).StoreUnsafe(ref first, (nuint)i);
        }

        for (; i < samples.Length; i++)
        {
            Unsafe.Add(ref first, i) *= gain;
        }
    }
}
