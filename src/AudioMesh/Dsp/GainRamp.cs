// SPDX-License-Identifier: MIT
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using AudioMesh.Realtime;

namespace AudioMesh.Dsp;

/// <summary>
/// A gain that moves on a straight line over one block of n samples: sample i gets from + (to - from) * i / n, so that the next block
/// begins at exactly <c>to</c> and no step is heard between blocks. Gains are factors, not dB. Any thread.
/// </summary>
[RealtimeSafe]
public static class GainRamp
{
    /// <summary>samples[i] *= ramp[i], in place.</summary>
    public static void Apply(Span<float> samples, float from, float to)
    {
        if (from == to)
        {
            Gain.Apply(samples, from);
            return;
        }

        ref float first = ref MemoryMarshal.GetReference(samples);
        float step = (to - from) / samples.Length;
        int i = 0;
        for (; i <= samples.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            (Vector.LoadUnsafe(ref first, (nuint)i) * GainsAt(i, from, step)).StoreUnsafe(ref first, (nuint)i);
        }

        for (; i < samples.Length; i++)
        {
            Unsafe.Add(ref first, i) *= from + (step * i);
        }
    }

    /// <summary>destination[i] += source[i] * ramp[i], up to the shorter span, whose length is the ramp's.</summary>
    public static void AddRamped(ReadOnlySpan<float> source, float from, float to, Span<float> destination)
    {
        if (from == to)
        {
            Mix.AddScaled(source, from, destination);
            return;
        }

        int count = Math.Min(source.Length, destination.Length);
        ref float input = ref MemoryMarshal.GetReference(source);
        ref float output = ref MemoryMarshal.GetReference(destination);
        float step = (to - from) / count;
        int i = 0;
        for (; i <= count - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector<float> scaled = Vector.LoadUnsafe(ref input, (nuint)i) * GainsAt(i, from, step);
            (Vector.LoadUnsafe(ref output, (nuint)i) + scaled).StoreUnsafe(ref output, (nuint)i);
        }

        for (; i < count; i++)
        {
            Unsafe.Add(ref output, i) += Unsafe.Add(ref input, i) * (from + (step * i));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> GainsAt(int index, float from, float step) =>
        new Vector<float>(from) + ((new Vector<float>(index) + Vector<float>.Indices) * step);
}
