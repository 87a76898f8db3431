// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace AudioMesh.Dsp;

/// <summary>
/// Scaled samples to integers of -scale to scale - 1: to nearest, ties to even, clamped. NaN must be gone. By the instruction that rounds as it
/// converts; where the largest integer is no float, at a scale of 2^31, the clamp comes after it.
/// </summary>
internal static class Quantizer
{
    private const float LastWithFraction = 1 << 23;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Round(float scaled, float scale) =>
        scale > LastWithFraction ? (int)MathF.Round(scaled) : (int)MathF.Round(Math.Clamp(scaled, -scale, scale - 1));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Round(Vector128<float> scaled, float scale) => scale > LastWithFraction
        ? Vector128.ConditionalSelect(
            Vector128.GreaterThanOrEqual(scaled, Vector128.Create(scale)).AsInt32(), Vector128.Create(int.MaxValue), Convert(scaled))
        : Convert(Vector128.ClampNative(scaled, Vector128.Create(-scale), Vector128.Create(scale - 1)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Round(Vector256<float> scaled, float scale) => scale > LastWithFraction
        ? Vector256.ConditionalSelect(
            Vector256.GreaterThanOrEqual(scaled, Vector256.Create(scale)).AsInt32(),
            Vector256.Create(int.MaxValue),
            Avx.ConvertToVector256Int32(scaled))
        : Avx.ConvertToVector256Int32(Vector256.ClampNative(scaled, Vector256.Create(-scale), Vector256.Create(scale - 1)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> Round(Vector512<float> scaled, float scale) => scale > LastWithFraction
        ? Vector512.ConditionalSelect(
            Vector512.GreaterThanOrEqual(scaled, Vector512.Create(scale)).AsInt32(),
            Vector512.Create(int.MaxValue),
            Avx512F.ConvertToVector512Int32(scaled))
        : Avx512F.ConvertToVector512Int32(Vector512.ClampNative(scaled, Vector512.Create(-scale), Vector512.Create(scale - 1)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> Convert(Vector128<float> scaled)
    {
        if (Sse2.IsSupported)
        {
            return Sse2.ConvertToVector128Int32(scaled);
        }

        return AdvSimd.IsSupported ? AdvSimd.ConvertToInt32RoundToEven(scaled) : Vector128.ConvertToInt32(Vector128.Round(scaled));
    }
}
