// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace AudioMesh.Dsp;

/// <summary>Float samples to integers. NaN becomes silence, then the dither comes on top.</summary>
internal readonly unsafe struct EncodeOperator<TLayout, TDither>(float* from, byte* to, TDither dither) : IBlockOperator
    where TLayout : struct, ISampleLayout
    where TDither : struct, IDither
{
    public nint Lead
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => BlockLoop.LeadOf(to, TLayout.Bytes);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At(nint i)
    {
        float scaled = (float.IsNaN(from[i]) ? 0 : from[i]) * TLayout.Scale;
        TLayout.Store(Quantizer.Round(TDither.IsOn ? scaled + dither.At(i) : scaled, TLayout.Scale), to + (i * TLayout.Bytes));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At128(nint i)
    {
        Vector128<float> samples = Vector128.Load(from + i);
        Vector128<float> scaled = (samples & Vector128.Equals(samples, samples)) * Vector128.Create(TLayout.Scale);
        TLayout.Store(Quantizer.Round(TDither.IsOn ? scaled + dither.At128(i) : scaled, TLayout.Scale), to + (i * TLayout.Bytes));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At256(nint i)
    {
        Vector256<float> samples = Vector256.Load(from + i);
        Vector256<float> scaled = (samples & Vector256.Equals(samples, samples)) * Vector256.Create(TLayout.Scale);
        TLayout.Store(Quantizer.Round(TDither.IsOn ? scaled + dither.At256(i) : scaled, TLayout.Scale), to + (i * TLayout.Bytes));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At512(nint i)
    {
        Vector512<float> samples = Vector512.Load(from + i);
        Vector512<float> scaled = (samples & Vector512.Equals(samples, samples)) * Vector512.Create(TLayout.Scale);
        TLayout.Store(Quantizer.Round(TDither.IsOn ? scaled + dither.At512(i) : scaled, TLayout.Scale), to + (i * TLayout.Bytes));
    }
}
