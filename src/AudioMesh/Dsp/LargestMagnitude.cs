// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace AudioMesh.Dsp;

/// <summary>The largest magnitude. By comparison, which NaN never wins; the machines' own maxima differ there.</summary>
internal readonly struct LargestMagnitude : IReduction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Take(float made, float sample)
    {
        float magnitude = Math.Abs(sample);
        return magnitude > made ? magnitude : made;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Take(Vector128<float> made, Vector128<float> samples)
    {
        Vector128<float> magnitudes = Vector128.Abs(samples);
        return Vector128.ConditionalSelect(Vector128.GreaterThan(magnitudes, made), magnitudes, made);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Take(Vector256<float> made, Vector256<float> samples)
    {
        Vector256<float> magnitudes = Vector256.Abs(samples);
        return Vector256.ConditionalSelect(Vector256.GreaterThan(magnitudes, made), magnitudes, made);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Take(Vector512<float> made, Vector512<float> samples)
    {
        Vector512<float> magnitudes = Vector512.Abs(samples);
        return Vector512.ConditionalSelect(Vector512.GreaterThan(magnitudes, made), magnitudes, made);
    }
}
