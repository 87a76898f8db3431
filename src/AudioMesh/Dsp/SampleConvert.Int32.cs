// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;

namespace AudioMesh.Dsp;

public static unsafe partial class SampleConvert
{
    /// <summary>Float to signed 32-bit.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void ToInt32(ReadOnlySpan<float> source, Span<int> destination)
    {
        fixed (float* from = source)
        {
            fixed (int* to = destination)
            {
                Encode<Int32Layout>(from, to, Math.Min(source.Length, destination.Length));
            }
        }
    }

    /// <summary>Float to signed 32-bit, with dither.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void ToInt32(ReadOnlySpan<float> source, Span<int> destination, ref TpdfDither dither)
    {
        fixed (float* from = source)
        {
            fixed (int* to = destination)
            {
                Encode<Int32Layout>(from, to, Math.Min(source.Length, destination.Length), ref dither);
            }
        }
    }

    /// <summary>Signed 32-bit to float, rounded to the 24 bits of a float's significand.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void FromInt32(ReadOnlySpan<int> source, Span<float> destination)
    {
        fixed (int* from = source)
        {
            fixed (float* to = destination)
            {
                Decode<Int32Layout>(from, to, Math.Min(source.Length, destination.Length));
            }
        }
    }

    /// <summary>Float to signed 32-bit, big endian.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void ToInt32BigEndian(ReadOnlySpan<float> source, Span<int> destination)
    {
        fixed (float* from = source)
        {
            fixed (int* to = destination)
            {
                Encode<BigEndianLayout<Int32Layout>>(from, to, Math.Min(source.Length, destination.Length));
            }
        }
    }

    /// <summary>Float to signed 32-bit, big endian, with dither.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void ToInt32BigEndian(ReadOnlySpan<float> source, Span<int> destination, ref TpdfDither dither)
    {
        fixed (float* from = source)
        {
            fixed (int* to = destination)
            {
                Encode<BigEndianLayout<Int32Layout>>(from, to, Math.Min(source.Length, destination.Length), ref dither);
            }
        }
    }

    /// <summary>Signed 32-bit, big endian to float, rounded to the 24 bits of a float's significand.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void FromInt32BigEndian(ReadOnlySpan<int> source, Span<float> destination)
    {
        fixed (int* from = source)
        {
            fixed (float* to = destination)
            {
                Decode<BigEndianLayout<Int32Layout>>(from, to, Math.Min(source.Length, destination.Length));
            }
        }
    }
}
