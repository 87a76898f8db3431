// SPDX-License-Identifier: MIT
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using AudioMesh.Realtime;

namespace AudioMesh.Dsp;

/// <summary>The peak meter. Any thread.</summary>
[RealtimeSafe]
public static class Peak
{
    /// <summary>The largest magnitude, full scale 1; NaN is passed over, an empty span has peak 0.</summary>
    public static float Measure(ReadOnlySpan<float> samples)
    {
        ref float first = ref MemoryMarshal.GetReference(samples);
        Vector<float> peaks = Vector<float>.Zero;
        int i = 0;
        for (; i <= samples.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector<float> magnitudes = Vector.Abs(Vector.LoadUnsafe(ref first, (nuint)i));
            peaks = Vector.ConditionalSelect(Vector.GreaterThan(magnitudes, peaks), magnitudes, peaks);
        }

        float peak = 0;
        for (int lane = 0; lane < Vector<float>.Count; lane++)
        {
            peak = Math.Max(peak, peaks[lane]);
        }

        for (; i < samples.Length; i++)
        {
            float magnitude = Math.Abs(Unsafe.Add(ref first, i));
            peak = magnitude > peak ? magnitude : peak;
        }

        return peak;
    }
}
