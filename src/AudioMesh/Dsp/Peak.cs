// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using AudioMesh.Realtime;

namespace AudioMesh.Dsp;

/// <summary>The peak meter. Any thread.</summary>
[RealtimeSafe]
public static unsafe class Peak
{
    /// <summary>The largest magnitude, full scale 1; NaN is passed over, an empty span has peak 0.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static float Measure(ReadOnlySpan<float> samples)
    {
        fixed (float* first = samples)
        {
            return ReduceLoop.Run<LargestMagnitude>(first, samples.Length);
        }
    }
}
