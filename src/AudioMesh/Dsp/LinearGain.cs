// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace AudioMesh.Dsp;

/// <summary>A gain on a straight line: from + step * i.</summary>
internal readonly struct LinearGain(float from, float step) : IGainCurve
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float At(float index) => from + (step * index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<float> At(Vector128<float> index) => Vector128.Create(from) + (Vector128.Create(step) * index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> At(Vector256<float> index) => Vector256.Create(from) + (Vector256.Create(step) * index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> At(Vector512<float> index) => Vector512.Create(from) + (Vector512.Create(step) * index);

    /// <summary>The line that is at <paramref name="from"/> at sample 0, and would be at <paramref name="to"/> at sample <paramref name="count"/>.</summary>
    public static LinearGain Between(float from, float to, int count) => new(from, (to - from) * (1f / count));
}
