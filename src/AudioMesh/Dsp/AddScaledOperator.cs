// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace AudioMesh.Dsp;

/// <summary>to[i] += from[i] * curve[i]</summary>
internal readonly unsafe struct AddScaledOperator<TCurve>(float* from, float* to, TCurve curve) : IBlockOperator
    where TCurve : struct, IGainCurve
{
    public nint Lead
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => BlockLoop.LeadOf(to, sizeof(float));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At(nint i) => to[i] += from[i] * curve.At((float)i);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At128(nint i)
    {
        Vector128<float> gain = curve.At(Vector128.Create((float)i) + Vector128<float>.Indices);
        (Vector128.Load(to + i) + (Vector128.Load(from + i) * gain)).Store(to + i);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At256(nint i)
    {
        Vector256<float> gain = curve.At(Vector256.Create((float)i) + Vector256<float>.Indices);
        (Vector256.Load(to + i) + (Vector256.Load(from + i) * gain)).Store(to + i);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At512(nint i)
    {
        Vector512<float> gain = curve.At(Vector512.Create((float)i) + Vector512<float>.Indices);
        (Vector512.Load(to + i) + (Vector512.Load(from + i) * gain)).Store(to + i);
    }
}
