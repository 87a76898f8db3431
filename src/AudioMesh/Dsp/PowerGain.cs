// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace AudioMesh.Dsp;

/// <summary>A gain whose square is on a straight line: the root of from + step * i, and 0 where rounding takes that below 0.</summary>
internal readonly struct PowerGain(float from, float step) : IGainCurve
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float At(float index)
    {
        float power = from + (step * index);
        return MathF.Sqrt(power > 0 ? power : 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<float> At(Vector128<float> index) =>
        Vector128.Sqrt(Vector128.MaxNative(Vector128.Create(from) + (Vector128.Create(step) * index), Vector128<float>.Zero));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> At(Vector256<float> index) =>
        Vector256.Sqrt(Vector256.MaxNative(Vector256.Create(from) + (Vector256.Create(step) * index), Vector256<float>.Zero));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> At(Vector512<float> index) =>
        Vector512.Sqrt(Vector512.MaxNative(Vector512.Create(from) + (Vector512.Create(step) * index), Vector512<float>.Zero));
}
