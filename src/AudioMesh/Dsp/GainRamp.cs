// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using AudioMesh.Realtime;

namespace AudioMesh.Dsp;

/// <summary>
/// A gain that moves on a straight line over one block of n samples, at most 2^24: sample i gets from + step * i, where step is
/// (to - from) * (1 / n), so that the next block begins at exactly <c>to</c> and no step is heard between blocks. Gains are factors, not dB.
/// The result is the same, bit for bit, whatever the vector width. Any thread.
/// </summary>
[RealtimeSafe]
public static unsafe class GainRamp
{
    /// <summary>samples[i] *= ramp[i], in place.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Apply(Span<float> samples, float from, float to)
    {
        if (from == to)
        {
            Gain.Apply(samples, from);
            return;
        }

        fixed (float* first = samples)
        {
            BlockLoop.Run(new ScaleOperator<LinearGain>(first, LinearGain.Between(from, to, samples.Length)), samples.Length);
        }
    }

    /// <summary>
    /// destination[i] += source[i] * ramp[i], up to the shorter span, whose length is the ramp's. Source and destination may overlap: every
    /// source sample is read before it is written.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void AddRamped(ReadOnlySpan<float> source, float from, float to, Span<float> destination)
    {
        if (from == to)
        {
            Mix.AddScaled(source, from, destination);
            return;
        }

        int count = Math.Min(source.Length, destination.Length);
        fixed (float* input = source, output = destination)
        {
            AddScaledOperator<LinearGain> operation = new(input, output, LinearGain.Between(from, to, count));
            BlockLoop.Run(operation, input, output, count);
        }
    }
}
