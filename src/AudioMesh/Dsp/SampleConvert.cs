// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using AudioMesh.Realtime;

namespace AudioMesh.Dsp;

/// <summary>
/// Between float samples (full scale 1) and how files and devices store them, little endian unless the name says otherwise. To an integer of b
/// bits: x * 2^(b-1), with the dither where one is given, rounded to nearest, ties to even, clamped to the integer's range; NaN is taken for 0.
/// From an integer: v / 2^(b-1), exact up to 24 bits, so every such value survives the way to float and back. Up to the shorter span is
/// converted. Source and destination are apart, or begin at the same address and destination samples are not longer than source samples. The
/// result is the same, bit for bit, whatever the vector width. Any thread.
/// </summary>
[RealtimeSafe]
public static unsafe partial class SampleConvert
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Encode<TLayout>(float* from, void* to, int count)
        where TLayout : struct, ISampleLayout =>
        BlockLoop.Run(new EncodeOperator<TLayout, NoDither>(from, (byte*)to, default), count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Encode<TLayout>(float* from, void* to, int count, ref TpdfDither dither)
        where TLayout : struct, ISampleLayout
    {
        BlockLoop.Run(new EncodeOperator<TLayout, TpdfDither>(from, (byte*)to, dither), count);
        dither.Advance(count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Decode<TLayout>(void* from, float* to, int count)
        where TLayout : struct, ISampleLayout =>
        BlockLoop.Run(new DecodeOperator<TLayout>((byte*)from, to), count, TLayout.Reach);
}
