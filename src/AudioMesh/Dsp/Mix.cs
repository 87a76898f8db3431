// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using AudioMesh.Realtime;

namespace AudioMesh.Dsp;

/// <summary>
/// Sums signals. Spans of unequal length are processed up to the shorter one. Source and destination may overlap: every source sample is
/// read before it is written. The result is the same, bit for bit, whatever the vector width. Any thread.
/// </summary>
[RealtimeSafe]
public static unsafe class Mix
{
    /// <summary>destination[i] += source[i].</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Add(ReadOnlySpan<float> source, Span<float> destination)
    {
        fixed (float* from = source, to = destination)
        {
            BlockLoop.Run(new AddOperator(from, to), from, to, Math.Min(source.Length, destination.Length));
        }
    }

    /// <summary>destination[i] += source[i] * gain; gain is a factor, not dB.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void AddScaled(ReadOnlySpan<float> source, float gain, Span<float> destination)
    {
        fixed (float* from = source, to = destination)
        {
            AddScaledOperator<ConstantGain> operation = new(from, to, new ConstantGain(gain));
            BlockLoop.Run(operation, from, to, Math.Min(source.Length, destination.Length));
        }
    }
}
