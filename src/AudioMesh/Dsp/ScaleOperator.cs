// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace AudioMesh.Dsp;

/// <summary>samples[i] *= curve[i]</summary>
internal readonly unsafe struct ScaleOperator<TCurve>(float* samples, TCurve curve) : IBlockOperator
    where TCurve : struct, IGainCurve
{
    public nint Lead
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => BlockLoop.LeadOf(samples, sizeof(float));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At(nint i) => samples[i] *= curve.At((float)i);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At128(nint i) =>
        (Vector128.Load(samples + i) * curve.At(Vector128.Create((float)i) + Vector128<float>.Indices)).Store(samples + i);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At256(nint i) =>
        (Vector256.Load(samples + i) * curve.At(Vector256.Create((float)i) + Vector256<float>.Indices)).Store(samples + i);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At512(nint i) =>
        (Vector512.Load(samples + i) * curve.At(Vector512.Create((float)i) + Vector512<float>.Indices)).Store(samples + i);
}
