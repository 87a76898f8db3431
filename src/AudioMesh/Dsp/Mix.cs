// SPDX-License-Identifier: MIT
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using AudioMesh.Realtime;

namespace AudioMesh.Dsp;

/// <summary>
/// Sums signals. Spans of unequal length are processed up to the shorter one; source and destination are the same memory or apart.
/// The result is the same, bit for bit, whatever the vector width. Any thread.
/// </summary>
[RealtimeSafe]
public static class Mix
{
    /// <summary>destination[i] += source[i].</summary>
    public static void Add(ReadOnlySpan<float> source, Span<float> destination)
    {
        int count = Math.Min(source.Length, destination.Length);
        ref float from = ref MemoryMarshal.GetReference(source);
        ref float to = ref MemoryMarshal.GetReference(destination);
        int i = 0;
        for (; i <= count - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector<float> sum = Vector.LoadUnsafe(ref to, (nuint)i) + Vector.LoadUnsafe(ref from, (nuint)i);
            sum.StoreUnsafe(ref to, (nuint)i);
        }

        for (; i < count; i++)
        {
            Unsafe.Add(ref to, i) += Unsafe.Add(ref from, i);
        }
    }

    /// <summary>destination[i] += source[i] * gain; gain is a factor, not dB.</summary>
    public static void AddScaled(ReadOnlySpan<float> source, float gain, Span<float> destination)
    {
        int count = Math.Min(source.Length, destination.Length);
        ref float from = ref MemoryMarshal.GetReference(source);
        ref float to = ref MemoryMarshal.GetReference(destination);
        int i = 0;
        for (; i <= count - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector<float> scaled = Vector.LoadUnsafe(ref from, (nuint)i) * gain;
            (Vector.LoadUnsafe(ref to, (nuint)i) + scaled).StoreUnsafe(ref to, (nuint)i);
        }

        for (; i < count; i++)
        {
            Unsafe.Add(ref to, i) += Unsafe.Add(ref from, i) * gain;
        }
    }
}
