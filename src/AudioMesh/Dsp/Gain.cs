// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using AudioMesh.Realtime;

namespace AudioMesh.Dsp;

/// <summary>A constant gain. Any thread.</summary>
[RealtimeSafe]
public static unsafe class Gain
{
    /// <summary>samples[i] *= gain, in place; gain is a factor, not dB. A gain of exactly 1 leaves every bit as it is.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Apply(Span<float> samples, float gain)
    {
        if (gain == 1f)
        {
            return;
        }

        fixed (float* first = samples)
        {
            BlockLoop.Run(new ScaleOperator<ConstantGain>(first, new ConstantGain(gain)), samples.Length);
        }
    }
}
