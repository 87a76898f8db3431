// SPDX-License-Identifier: MIT
using System.Runtime.Intrinsics;

namespace AudioMesh.Dsp;

/// <summary>Nothing is added.</summary>
internal readonly struct NoDither : IDither
{
    public static bool IsOn => false;

    public float At(nint i) => 0;

    public Vector128<float> At128(nint i) => Vector128<float>.Zero;

    public Vector256<float> At256(nint i) => Vector256<float>.Zero;

    public Vector512<float> At512(nint i) => Vector512<float>.Zero;
}
