// SPDX-License-Identifier: MIT
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using AudioMesh.Realtime;

namespace AudioMesh.Dsp;

/// <summary>Digital silence: every sample zero, of either sign. Any thread.</summary>
[RealtimeSafe]
public static class Silence
{
    /// <summary>Sets every sample to +0.</summary>
    public static void Clear(Span<float> samples) => samples.Clear();

    /// <summary>Whether every sample is zero; the smallest denormal is not. An empty span is silent.</summary>
    public static bool IsSilent(ReadOnlySpan<float> samples)
    {
        ref int first = ref Unsafe.As<float, int>(ref MemoryMarshal.GetReference(samples));
        // Looked at as integers, so that a thread which flushes denormals gives the same answer.
        int i = 0;
        for (; i <= samples.Length - Vector<int>.Count; i += Vector<int>.Count)
        {
            if ((Vector.LoadUnsafe(ref first, (nuint)i) & new Vector<int>(int.MaxValue)) != Vector<int>.Zero)
            {
                return false;
            }
        }

        for (; i < samples.Length; i++)
        {
            if ((Unsafe.Add(ref first, i) & int.MaxValue) != 0)
            {
                return false;
            }
        }

        return true;
    }
}
