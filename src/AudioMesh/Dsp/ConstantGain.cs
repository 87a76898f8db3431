// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace AudioMesh.Dsp;

/// <summary>The same gain for every sample.</summary>
internal readonly struct ConstantGain(float gain) : IGainCurve
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float At(float index) => gain;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<float> At(Vector128<float> index) => Vector128.Create(gain);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> At(Vector256<float> index) => Vector256.Create(gain);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> At(Vector512<float> index) => Vector512.Create(gain);
}
