// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;

namespace AudioMesh.Dsp;

public static unsafe partial class SampleConvert
{
    /// <summary>Float to signed 16-bit.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void ToInt16(ReadOnlySpan<float> source, Span<short> destination)
    {
        fixed (float* from = source)
        {
            fixed (short* to = destination)
            {
                Encode<Int16Layout>(from, to, Math.Min(source.Length, destination.Length));
            }
        }
    }

    /// <summary>Float to signed 16-bit, with dither.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void ToInt16(ReadOnlySpan<float> source, Span<short> destination, ref TpdfDither dither)
    {
        fixed (float* from = source)
        {
            fixed (short* to = destination)
            {
                Encode<Int16Layout>(from, to, Math.Min(source.Length, destination.Length), ref dither);
            }
        }
    }

    /// <summary>Signed 16-bit to float.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void FromInt16(ReadOnlySpan<short> source, Span<float> destination)
    {
        fixed (short* from = source)
        {
            fixed (float* to = destination)
            {
                Decode<Int16Layout>(from, to, Math.Min(source.Length, destination.Length));
            }
        }
    }

    /// <summary>Float to signed 16-bit, big endian.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void ToInt16BigEndian(ReadOnlySpan<float> source, Span<short> destination)
    {
        fixed (float* from = source)
        {
            fixed (short* to = destination)
            {
                Encode<BigEndianLayout<Int16Layout>>(from, to, Math.Min(source.Length, destination.Length));
            }
        }
    }

    /// <summary>Float to signed 16-bit, big endian, with dither.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void ToInt16BigEndian(ReadOnlySpan<float> source, Span<short> destination, ref TpdfDither dither)
    {
        fixed (float* from = source)
        {
            fixed (short* to = destination)
            {
                Encode<BigEndianLayout<Int16Layout>>(from, to, Math.Min(source.Length, destination.Length), ref dither);
            }
        }
    }

    /// <summary>Signed 16-bit, big endian to float.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void FromInt16BigEndian(ReadOnlySpan<short> source, Span<float> destination)
    {
        fixed (short* from = source)
        {
            fixed (float* to = destination)
            {
                Decode<BigEndianLayout<Int16Layout>>(from, to, Math.Min(source.Length, destination.Length));
            }
        }
    }
}
