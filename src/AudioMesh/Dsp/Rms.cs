// SPDX-License-Identifier: MIT
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using AudioMesh.Realtime;

namespace AudioMesh.Dsp;

/// <summary>The root-mean-square meter. Any thread.</summary>
[RealtimeSafe]
public static class Rms
{
    /// <summary>The root of the mean square, full scale 1, summed in double precision; NaN counts as 0, an empty span has 0.</summary>
    public static float Measure(ReadOnlySpan<float> samples)
    {
        if (samples.IsEmpty)
        {
            return 0;
        }

        ref float first = ref MemoryMarshal.GetReference(samples);
        Vector<double> sums = Vector<double>.Zero;
        int i = 0;
        for (; i <= samples.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector<float> loaded = Vector.LoadUnsafe(ref first, (nuint)i);
            Vector<float> numbers = Vector.BitwiseAnd(loaded, Vector.Equals(loaded, loaded).As<int, float>());
            Vector.Widen(numbers, out Vector<double> low, out Vector<double> high);
            sums += (low * low) + (high * high);
        }

        double sum = Vector.Sum(sums);
        for (; i < samples.Length; i++)
        {
            double sample = Unsafe.Add(ref first, i);
            sum += double.IsNaN(sample) ? 0 : sample * sample;
        }

        return (float)Math.Sqrt(sum / samples.Length);
    }
}
