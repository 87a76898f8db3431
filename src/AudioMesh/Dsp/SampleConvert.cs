// SPDX-License-Identifier: MIT
using System.Numerics;
using System.Runtime.CompilerServices;
using AudioMesh.Realtime;

namespace AudioMesh.Dsp;

/// <summary>
/// Between float samples (full scale 1) and how files and devices store them, little endian. To an integer of b bits: x * 2^(b-1), rounded
/// to nearest, ties to even, clamped to the integer's range; NaN becomes 0. From an integer: v / 2^(b-1), exact up to 24 bits, so every
/// such value survives the way to float and back. Up to the shorter span is converted. Source and destination are apart, or begin at the
/// same address and destination samples are not longer than source samples. Any thread.
/// </summary>
[RealtimeSafe]
public static partial class SampleConvert
{
    private const float Scale8 = 1 << 7;
    private const float Scale16 = 1 << 15;
    private const float Scale24 = 1 << 23;
    private const float Scale32 = 1u << 31;

    // Only for scales up to 2^23: there the largest integer is a float, so that clamping first makes the conversion exact.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<int> Quantize(Vector<float> samples, float scale)
    {
        Vector<float> numbers = Vector.BitwiseAnd(samples, Vector.Equals(samples, samples).As<int, float>());
        Vector<float> clamped = Vector.ClampNative(numbers * scale, new Vector<float>(-scale), new Vector<float>(scale - 1));
        return Vector.ConvertToInt32Native(Round(clamped));
    }

    // To nearest, ties to even: at 2^23 a float has no fraction left, so adding that and taking it away again rounds. Up to 2^23 only.
    // Not Vector.Round, which ILC 9 compiles lane by lane.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Round(Vector<float> samples)
    {
        Vector<float> magic = Vector.BitwiseOr(new Vector<float>(Scale24), Vector.BitwiseAnd(samples, new Vector<float>(-0f)));
        return samples + magic - magic;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Quantize(float sample, float scale) =>
        float.IsNaN(sample) ? 0 : (int)MathF.Round(Math.Clamp(sample * scale, -scale, scale - 1));
}
