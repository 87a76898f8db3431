// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace AudioMesh.Dsp;

/// <summary>to[i] += from[i]</summary>
internal readonly unsafe struct AddOperator(float* from, float* to) : IBlockOperator
{
    public nint Lead
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => BlockLoop.LeadOf(to, sizeof(float));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At(nint i) => to[i] += from[i];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At128(nint i) => (Vector128.Load(to + i) + Vector128.Load(from + i)).Store(to + i);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At256(nint i) => (Vector256.Load(to + i) + Vector256.Load(from + i)).Store(to + i);

    // Two halves: there is so little to compute that stores decide, and those are as fast at 256 bits, wherever the loop comes to lie.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At512(nint i)
    {
        At256(i);
        At256(i + Vector256<float>.Count);
    }
}
