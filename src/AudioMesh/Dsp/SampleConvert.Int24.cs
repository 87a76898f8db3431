// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;

namespace AudioMesh.Dsp;

public static unsafe partial class SampleConvert
{
    private const int Bytes24 = 3;

    /// <summary>Float to signed 24-bit, three bytes a sample.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void ToInt24(ReadOnlySpan<float> source, Span<byte> destination)
    {
        fixed (float* from = source)
        {
            fixed (byte* to = destination)
            {
                Encode<Int24Layout>(from, to, Math.Min(source.Length, destination.Length / Bytes24));
            }
        }
    }

    /// <summary>Float to signed 24-bit, three bytes a sample, with dither.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void ToInt24(ReadOnlySpan<float> source, Span<byte> destination, ref TpdfDither dither)
    {
        fixed (float* from = source)
        {
            fixed (byte* to = destination)
            {
                Encode<Int24Layout>(from, to, Math.Min(source.Length, destination.Length / Bytes24), ref dither);
            }
        }
    }

    /// <summary>Signed 24-bit, three bytes a sample to float.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void FromInt24(ReadOnlySpan<byte> source, Span<float> destination)
    {
        fixed (byte* from = source)
        {
            fixed (float* to = destination)
            {
                Decode<Int24Layout>(from, to, Math.Min(source.Length / Bytes24, destination.Length));
            }
        }
    }

    /// <summary>Float to signed 24-bit, three bytes a sample, big endian.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void ToInt24BigEndian(ReadOnlySpan<float> source, Span<byte> destination)
    {
        fixed (float* from = source)
        {
            fixed (byte* to = destination)
            {
                Encode<BigEndianLayout<Int24Layout>>(from, to, Math.Min(source.Length, destination.Length / Bytes24));
            }
        }
    }

    /// <summary>Float to signed 24-bit, three bytes a sample, big endian, with dither.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void ToInt24BigEndian(ReadOnlySpan<float> source, Span<byte> destination, ref TpdfDither dither)
    {
        fixed (float* from = source)
        {
            fixed (byte* to = destination)
            {
                Encode<BigEndianLayout<Int24Layout>>(from, to, Math.Min(source.Length, destination.Length / Bytes24), ref dither);
            }
        }
    }

    /// <summary>Signed 24-bit, three bytes a sample, big endian to float.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void FromInt24BigEndian(ReadOnlySpan<byte> source, Span<float> destination)
    {
        fixed (byte* from = source)
        {
            fixed (float* to = destination)
            {
                Decode<BigEndianLayout<Int24Layout>>(from, to, Math.Min(source.Length / Bytes24, destination.Length));
            }
        }
    }
}
