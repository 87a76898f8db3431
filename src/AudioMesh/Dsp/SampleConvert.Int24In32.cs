// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;

namespace AudioMesh.Dsp;

public static unsafe partial class SampleConvert
{
    /// <summary>Float to signed 24-bit in the low three bytes of 32 (ALSA's S24_LE); the top byte repeats the sign.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void ToInt24In32(ReadOnlySpan<float> source, Span<int> destination)
    {
        fixed (float* from = source)
        {
            fixed (int* to = destination)
            {
                Encode<Int24In32Layout>(from, to, Math.Min(source.Length, destination.Length));
            }
        }
    }

    /// <summary>Float to signed 24-bit in the low three bytes of 32 (ALSA's S24_LE), with dither.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void ToInt24In32(ReadOnlySpan<float> source, Span<int> destination, ref TpdfDither dither)
    {
        fixed (float* from = source)
        {
            fixed (int* to = destination)
            {
                Encode<Int24In32Layout>(from, to, Math.Min(source.Length, destination.Length), ref dither);
            }
        }
    }

    /// <summary>Signed 24-bit in the low three bytes of 32 to float; the top byte is not looked at.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void FromInt24In32(ReadOnlySpan<int> source, Span<float> destination)
    {
        fixed (int* from = source)
        {
            fixed (float* to = destination)
            {
                Decode<Int24In32Layout>(from, to, Math.Min(source.Length, destination.Length));
            }
        }
    }
}
