// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using AudioMesh.Realtime;

namespace AudioMesh.Dsp;

/// <summary>
/// A gain whose power moves on a straight line over one block of n samples, at most 2^24: the square of sample i's gain is
/// from^2 + (to^2 - from^2) * i / n. Two signals of which one goes from 1 to 0 while the other goes from 0 to 1 keep their common power at every
/// sample. The first sample has exactly <c>from</c>, the next block begins at exactly <c>to</c>, and blocks that meet on the curve continue it.
/// Gains are factors of at least 0, not dB; what is below 1e-18 is inexact. The same, bit for bit, whatever the vector width. Any thread.
/// </summary>
[RealtimeSafe]
public static unsafe class PowerRamp
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
            BlockLoop.Run(new ScaleOperator<PowerGain>(first, Curve(from, to, samples.Length)), samples.Length);
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
            AddScaledOperator<PowerGain> operation = new(input, output, Curve(from, to, count));
            BlockLoop.Run(operation, input, output, count);
        }
    }

    private static PowerGain Curve(float from, float to, int count)
    {
        float power = from * from;
        return new PowerGain(power, ((to * to) - power) * (1f / count));
    }
}
