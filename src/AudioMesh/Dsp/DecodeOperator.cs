// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace AudioMesh.Dsp;

/// <summary>Integers to float samples.</summary>
internal readonly unsafe struct DecodeOperator<TLayout>(byte* from, float* to) : IBlockOperator
    where TLayout : struct, ISampleLayout
{
    public nint Lead
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => BlockLoop.LeadOf(to, sizeof(float));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At(nint i) => to[i] = TLayout.Load(from + (i * TLayout.Bytes)) * (1 / TLayout.Scale);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At128(nint i) =>
        (Vector128.ConvertToSingle(TLayout.Load128(from + (i * TLayout.Bytes))) * Vector128.Create(1 / TLayout.Scale)).Store(to + i);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At256(nint i) =>
        (Vector256.ConvertToSingle(TLayout.Load256(from + (i * TLayout.Bytes))) * Vector256.Create(1 / TLayout.Scale)).Store(to + i);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At512(nint i) =>
        (Vector512.ConvertToSingle(TLayout.Load512(from + (i * TLayout.Bytes))) * Vector512.Create(1 / TLayout.Scale)).Store(to + i);
}
